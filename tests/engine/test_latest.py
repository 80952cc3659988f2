import threading

from engine.latest import Latest


def test_the_newest_item_wins_and_the_others_are_counted() -> None:
    box: Latest[int] = Latest()
    for number in range(5):
        box.put(number)
    assert box.take() == 4
    assert box.take() is None
    assert box.dropped == 4


def test_a_waiting_reader_gets_what_comes() -> None:
    box: Latest[str] = Latest()
    threading.Timer(0.01, box.put, ["frame"]).start()
    assert box.take(timeout_s=5.0) == "frame"


def test_waiting_ends_without_an_item() -> None:
    assert Latest[str]().take(timeout_s=0.01) is None


def test_closing_wakes_a_reader_that_waits_for_ever() -> None:
    box: Latest[str] = Latest()
    threading.Timer(0.01, box.close).start()
    assert box.take(timeout_s=None) is None
    box.put("late")
    assert box.take() is None
