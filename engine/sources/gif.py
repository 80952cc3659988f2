"""Whether a GIF is complete: its reader ends at damage as quietly as at the end."""

TRAILER, EXTENSION, PICTURE = 0x3B, 0x21, 0x2C


def is_whole_gif(data: bytes) -> bool:
    """Walks the blocks of a GIF (GIF89a specification) and says whether they lead to its trailer.

    Args:
        data: The whole file.
    """
    try:
        place = 13 + _colour_table_bytes(data[10])
        while data[place] != TRAILER:
            if data[place] == EXTENSION:
                place += 2
            elif data[place] == PICTURE:
                place += 11 + _colour_table_bytes(data[place + 9])
            else:
                return False
            while data[place]:
                place += data[place] + 1
            place += 1
    except IndexError:
        return False
    return True


def _colour_table_bytes(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0
