"""Augmentation."""

import numpy as np

from models.augment import Augmenter, draw_glasses, draw_mask
from tests.models.faces import drawn_face


def test_the_same_seed_makes_the_same_picture() -> None:
    crop = drawn_face(1)
    assert np.array_equal(Augmenter(3)(crop), Augmenter(3)(crop))


def test_it_gives_inputs_and_leaves_the_crop_alone() -> None:
    crop = drawn_face(1)
    before = crop.copy()
    augment = Augmenter(0)
    pictures = [augment(crop) for _ in range(200)]
    assert {picture.shape for picture in pictures} == {(128, 128, 3)}
    assert {picture.dtype for picture in pictures} == {np.dtype(np.uint8)}
    assert np.array_equal(crop, before)


def test_the_face_stays_in_its_place_on_average() -> None:
    augment = Augmenter(0)
    mean = np.mean([augment(drawn_face(1)) for _ in range(300)], axis=0).mean(axis=2)
    assert mean[45:50, 38:44].mean() < mean[60:70, 20:26].mean()  # an eye is darker than the cheek


def test_a_mask_hides_the_mouth_and_not_the_eyes() -> None:
    grey = np.full((128, 128, 3), 100, np.uint8)
    masked = draw_mask(grey.copy(), (0, 0, 255))
    assert masked[99, 64].tolist() == [0, 0, 255]
    assert masked[47, 41].tolist() == [100, 100, 100]


def test_sunglasses_hide_the_eyes() -> None:
    dark = draw_glasses(np.full((128, 128, 3), 100, np.uint8), (0, 0, 0), filled=True)
    assert dark[47, 41].tolist() == [0, 0, 0]
