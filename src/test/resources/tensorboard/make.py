"""Writes the events to which the writer is held, byte by byte, by another program than ours.

    python3 make.py

Protocol buffers and TFRecord files are laid out here by hand, with nothing but struct, to the
public descriptions event.proto, summary.proto and tensor.proto of TensorFlow and TensorBoard.
TensorBoard 2.21 reads the file with its own EventAccumulator as it is meant.
"""

import os
import struct

HERE = os.path.dirname(os.path.abspath(__file__))


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def masked(data):
    crc = crc32c(data)
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def record(data):
    length = struct.pack("<Q", len(data))
    return length + struct.pack("<I", masked(length)) + data + struct.pack("<I", masked(data))


def varint(number):
    groups = bytearray()
    while number > 0x7F:
        groups.append(number & 0x7F | 0x80)
        number >>= 7
    groups.append(number)
    return bytes(groups)


def whole(field, number):
    return varint(field << 3) + varint(number)


def double(field, number):
    return varint(field << 3 | 1) + struct.pack("<d", number)


def single(field, number):
    return varint(field << 3 | 5) + struct.pack("<f", number)


def nested(field, data):
    return varint(field << 3 | 2) + varint(len(data)) + data


def doubles(field, numbers):
    return nested(field, struct.pack("<%dd" % len(numbers), *numbers))


def limits():
    """Powers as a running product, since that is what other writers do."""
    positive = []
    limit = 1e-12
    while limit < 1e20:
        positive.append(limit)
        limit *= 1.1
    return [-p for p in reversed(positive)] + [0.0] + positive + [1.7976931348623157e308]


def histogram(numbers):
    bounds = limits()
    counts = [0] * len(bounds)
    for number in numbers:
        counts[next(i for i, bound in enumerate(bounds) if number < bound)] += 1
    last = max(i for i, count in enumerate(counts) if count)
    kept = [i for i in range(last + 1) if counts[i] or i < last and counts[i + 1]]
    return (
        double(1, min(numbers))
        + double(2, max(numbers))
        + double(3, len(numbers))
        + double(4, sum(numbers))
        + double(5, sum(n * n for n in numbers))
        + doubles(6, [bounds[i] for i in kept])
        + doubles(7, [float(counts[i]) for i in kept])
    )


def event(time, step, content):
    return double(1, time) + whole(2, step) + content


def value(tag, content):
    return nested(1, nested(1, tag.encode()) + content)


def text(markdown):
    shape = nested(2, whole(1, 1))
    tensor = whole(1, 7) + nested(2, shape) + nested(8, markdown.encode())
    return nested(9, nested(1, nested(1, b"text"))) + nested(8, tensor)


def image(height, width, data):
    return nested(4, whole(1, height) + whole(2, width) + whole(3, 3) + nested(4, data))


TIME = 1700000000.25
EVENTS = [
    double(1, TIME) + nested(3, b"brain.Event:2"),
    event(TIME, 1, nested(7, whole(1, 1))),
    event(TIME, 1, nested(5, value("configuration", text("    train:\n      steps: 300\n")))),
    event(
        TIME + 0.5,
        300,
        nested(
            5,
            value("train/loss", single(2, 0.1))
            + value("train/none", single(2, float("nan")))
            + value("test clip", image(2, 3, bytes(range(130))))
            + value("gradient/decoder", nested(5, histogram([-2.0, -(2.0**-45), 0.0, 0.0, 0.25, 3.0]))),
        ),
    ),
]

with open(os.path.join(HERE, "reference.tfevents"), "wb") as file:
    for data in EVENTS:
        file.write(record(data))
