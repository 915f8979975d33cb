"""Writes the small films on which the readers are tested, by other programs than ours.

    python3 make.py         (Debian: python3-numpy python3-pil python3-h5py ffmpeg)

Every lossless one holds the pattern (37 n + 11 t + 5 i + 3 j + 50 c) mod 256 at film n, frame t,
row i, column j and channel c. The TFRecord files are written by hand, to the public description of
their layout; nothing of TensorFlow is used.
"""

import io
import os
import struct
import subprocess

import h5py
import numpy as np
from PIL import Image

N, T, H, W = 3, 11, 6, 8
HERE = os.path.dirname(os.path.abspath(__file__))


def pattern(films, frames, height, width, channels):
    n, t, i, j, c = np.indices((films, frames, height, width, channels))
    return ((37 * n + 11 * t + 5 * i + 3 * j + 50 * c) % 256).astype(np.uint8)


def place(*names):
    path = os.path.join(HERE, *names)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    return path


def folders(colour):
    for n in range(N):
        for t in range(T):
            Image.fromarray(colour[n, t]).save(place("folders", f"film{n}", f"frame{t}.png"))


def pictures(colour):
    gray = colour[0, 0, :, :, 0]
    Image.fromarray(gray.astype(np.uint16) * 257).save(place("pictures", "gray16.png"))
    Image.fromarray(gray).save(place("pictures", "gray8.png"))
    Image.fromarray(colour[0, 0]).convert("P", palette=Image.Palette.ADAPTIVE, colors=48).save(
        place("pictures", "palette.png")
    )
    rgba = np.concatenate([colour[0, 0], np.full((H, W, 1), 128, np.uint8)], axis=2)
    Image.fromarray(rgba).save(place("pictures", "alpha.png"))
    smooth = np.add.outer(np.arange(16), np.arange(24)).astype(np.uint8) * 6
    Image.fromarray(smooth).save(place("pictures", "gray.jpg"), quality=95)


def gif(colour):
    frames = [Image.new("RGB", (12, 10), (0, 0, 0)) for _ in range(5)]
    for t, frame in enumerate(frames):
        frame.putpixel((2 * t, t), (255, 255, 255))  # so that each differs in a few pixels
    frames[0].save(
        place("moving.gif"), save_all=True, append_images=frames[1:], duration=40, loop=0, optimize=True
    )


def arrays(colour, gray):
    np.save(place("u1.npy"), colour)
    np.save(place("f4-fortran.npy"), np.asfortranarray(gray.astype("<f4") / 255))
    np.save(place("f8-channels-first.npy"), np.moveaxis(colour, -1, 2).astype("<f8"))
    np.save(place("f4-big-endian.npy"), (colour[0] / 255).astype(">f4"))
    np.save(place("one-gray.npy"), gray[0])
    np.save(place("i2.npy"), colour.astype("<i2"))
    q = np.arange(N * T * 2, dtype="<f8").reshape(N, T, 2)
    np.savez(place("stored.npz"), films=colour, q=q, p=-q, dt=np.float64(0.25))
    np.savez_compressed(place("deflated.npz"), films=(gray / 255).astype("<f4"))
    np.savez(place("two.npz"), a=colour, b=colour)


def hdf5(colour, gray):
    with h5py.File(place("contiguous.h5"), "w") as file:
        file["films"] = colour
    with h5py.File(place("chunked.h5"), "w") as file:
        group = file.create_group("data")
        group.create_dataset(
            "films", data=(gray / 255).astype("f4"), chunks=(1, 4, H, W), compression="gzip"
        )
        group["mass"] = np.ones(3)
    with h5py.File(place("cycle.h5"), "w") as file:
        group = file.create_group("data")
        group["films"] = gray
        for name in "abcdef":
            group[name] = group  # it holds itself six times
    with h5py.File(place("outside", "link.h5"), "w") as file:  # films that lie in other files
        file["films"] = h5py.ExternalLink("../contiguous.h5", "/films")
    with h5py.File(place("outside", "storage.h5"), "w") as file:
        places = [("../u1.npy", 0, colour.nbytes)]
        file.create_dataset("films", shape=colour.shape, dtype="u1", external=places)
    with h5py.File(place("outside", "virtual.h5"), "w") as file:
        layout = h5py.VirtualLayout(colour.shape, "u1")
        layout[:] = h5py.VirtualSource("../contiguous.h5", "films", shape=colour.shape)
        file.create_virtual_dataset("films", layout)


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def masked(data):
    crc = crc32c(data)
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def record(data):
    length = struct.pack("<Q", len(data))
    return (
        length + struct.pack("<I", masked(length)) + data + struct.pack("<I", masked(data))
    )


def varint(number):
    number &= (1 << 64) - 1
    parts = bytearray()
    while True:
        parts.append(number & 127 | (128 if number > 127 else 0))
        number >>= 7
        if not number:
            return bytes(parts)


def field(number, data):
    return varint(number << 3 | 2) + varint(len(data)) + data


def example(features):
    entries = b""
    for name, feature in features.items():
        entries += field(1, field(1, name.encode()) + field(2, feature))
    return field(1, entries)


def png(array):
    buffer = io.BytesIO()
    Image.fromarray(array).save(buffer, "PNG")
    return buffer.getvalue()


def integers(array):
    """An Int64List, packed, of the bits of floats."""
    return field(3, field(1, b"".join(varint(int(i)) for i in array.reshape(-1).view(np.int64))))


def records(colour):
    for name, films in (("train", (0, 1)), ("test", (2,))):
        with open(place("records", name + ".tfrecord"), "wb") as file:
            for n in films:
                x = np.arange(T * 4, dtype=np.float64).reshape(T, 4) + 100 * n
                file.write(
                    record(
                        example(
                            {
                                "image": field(1, field(1, png(colour[n].reshape(T * H, W, 3)))),
                                "x": integers(x),
                                "dt": integers(np.array([0.05])),
                            }
                        )
                    )
                )
    with open(place("records", "features.txt"), "w") as file:
        file.write(f"image, ({T}, {H}, {W}, 3), uint8\nx, ({T}, 4), float64\ndt, (), float64\n")


def videos():
    source = "testsrc=duration=1:size=48x32:rate=10"
    for name in ("test.mp4", "test.avi"):
        subprocess.run(
            ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", source, "-pix_fmt", "yuv420p", place(name)],
            check=True,
        )


if __name__ == "__main__":
    colour = pattern(N, T, H, W, 3)
    gray = colour[..., 0]
    folders(colour)
    pictures(colour)
    gif(colour)
    arrays(colour, gray)
    hdf5(colour, gray)
    records(colour)
    videos()
