package hgn.films;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.files.StorageException;
import hgn.films.output.DataSet;
import hgn.films.pictures.PictureFile;
import hgn.films.records.FeatureList;
import hgn.films.source.DamagedFilmException;
import hgn.films.source.FilmSource;
import hgn.safetensors.SafetensorsWriter;
import hgn.tensor.Shape;
import hgn.testing.FilmsFixture;
import hgn.tfrecord.MaskedCrc;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Truncated, inconsistent or malicious files fail with one line that names them, without using much
 * memory.
 */
class DamagedFilmsTest {
  @TempDir Path folder;

  /** Reads everything and returns the exception's message. */
  private static String refused(Path path) {
    RuntimeException refusal =
        assertThrows(
            RuntimeException.class,
            () -> {
              try (FilmSource source = FilmSources.open(path, "")) {
                for (int film = 0; film < source.films().size(); film++) {
                  source.read(film, frame -> {});
                }
              }
            });
    assertTrue(
        refusal instanceof StorageException || refusal instanceof DamagedFilmException,
        refusal.toString());
    String message = refusal.getMessage();
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.contains(path.getFileName().toString()), message);
    return message;
  }

  /** A file truncated anywhere is rejected, or yields its contents before the cut. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "u1.npy",
        "f4-fortran.npy",
        "stored.npz",
        "deflated.npz",
        "contiguous.h5",
        "chunked.h5",
        "moving.gif",
        "records/train.tfrecord"
      })
  void cutFilesAreRefused(String name) throws IOException {
    byte[] whole = Files.readAllBytes(FilmsFixture.path(name));
    Path file = folder.resolve(Path.of(name).getFileName());
    Files.copy(FilmsFixture.path("records/features.txt"), folder.resolve(FeatureList.NAME));
    for (int part = 1; part < 16; part++) {
      Files.write(file, Arrays.copyOf(whole, whole.length * part / 16));
      refused(file);
    }
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    if (!name.endsWith(".gif")) { // whose last byte is only an end marker
      refused(file);
    }
  }

  @Test
  void cutAndEmptyPicturesAreRefused() throws IOException {
    byte[] whole = Files.readAllBytes(FilmsFixture.path("folders/film0/frame0.png"));
    Path file = folder.resolve("frame0.png");
    for (int length : new int[] {0, 1, 8, 30, whole.length / 2, whole.length - 20}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThrows(DamagedFilmException.class, () -> PictureFile.read(file), "of " + length);
    }
    Files.writeString(file, "<svg/>");
    assertThrows(DamagedFilmException.class, () -> PictureFile.read(file));
  }

  /** A PNG of a few bytes that claims 16000 x 16000 pixels. */
  @Test
  void aPictureThatClaimsMoreThanItHoldsCostsNoMemory() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(0x89504e470d0a1a0aL);
    ByteBuffer header = ByteBuffer.allocate(13).putInt(16_000).putInt(16_000);
    header.put((byte) 8).put((byte) 2);
    chunk(out, "IHDR", header.array());
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(data)) {
      deflater.write(new byte[100]);
    }
    chunk(out, "IDAT", data.toByteArray());
    chunk(out, "IEND", new byte[0]);
    Path file = folder.resolve("bomb.png");
    Files.write(file, bytes.toByteArray());
    DamagedFilmException refused =
        assertThrows(DamagedFilmException.class, () -> PictureFile.read(file));
    assertTrue(refused.getMessage().contains("cannot be of 16000x16000"), refused.getMessage());
  }

  private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.writeInt(data.length);
    out.write(name);
    out.write(data);
    out.writeInt((int) crc.getValue());
  }

  private static byte[] npy(String descr, String shape, byte[] numbers) {
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }\n".formatted(descr, shape);
    ByteBuffer file =
        ByteBuffer.allocate(10 + header.length() + numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    file.putShort((short) header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
    return file.put(numbers).array();
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  @Test
  void arraysThatLieAreRefused() throws IOException {
    byte[] few = new byte[64];
    assertTrue(refused(file("a.npy", npy("|u1", "-1, 4, 4", few))).contains("length of -1"));
    assertTrue(refused(file("b.npy", npy("|O", "1, 4, 4", few))).contains("of type |O"));
    refused(file("c.npy", npy("|u1", "999999999, 999, 999", few)));
    refused(file("d.npy", npy("|u1", "9999999999999, 9999999999999, 4", few)));
    refused(file("e.npy", npy("|u1", "4, 4", few)));
    refused(file("f.npy", npy("|u1", "0, 4, 4", few)));
    refused(file("g.npy", npy("<f4", "a, 4, 4", few)));
    refused(file("h.npy", new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 0, 0}));
  }

  @Test
  void numbersOutsideOfTheRangeAreNamed() throws IOException {
    for (double wrong : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, -3, 300}) {
      ByteBuffer numbers = ByteBuffer.allocate(2 * 4 * 4 * 4).order(ByteOrder.LITTLE_ENDIAN);
      numbers.putFloat(80, (float) wrong);
      Path file = file("numbers.npy", npy("<f4", "2, 4, 4", numbers.array()));
      String message = refused(file);
      assertTrue(message.contains("a pixel is"), message);
      assertTrue(message.contains("neither in [0, 1] nor in [0, 255]"), message);
    }
  }

  /**
   * 64 MB of zeros in a few kilobytes: consistent with the header, so it is read frame by frame.
   */
  @Test
  void anArchiveThatClaimsMoreThanItHoldsIsRefused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("films.npy"));
      zip.write(npy("|u1", "100000, 1000, 1000, 3", new byte[1000]));
      zip.closeEntry();
    }
    assertTrue(refused(file("bomb.npz", bytes.toByteArray())).contains("should have 300000000"));
    byte[] flipped = Files.readAllBytes(FilmsFixture.path("stored.npz"));
    flipped[2000]++;
    assertTrue(refused(file("flipped.npz", flipped)).contains("checksum in it is wrong"));
    refused(file("empty.npz", new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0}));
    refused(file("none.npz", "PK\5\6".getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** A zip says itself how long its files are; sizes that a file of this length cannot hold. */
  @ParameterizedTest
  @ValueSource(strings = {"1, 1, 16000, 16000, 3", "1, 100, 5000, 500, 3", "100000000, 2, 1, 1, 3"})
  void anArchiveThatLiesAboutItsSizesCostsNoMemory(String shape) throws IOException {
    byte[] array = npy("|u1", shape, new byte[100]);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("films.npy"));
      zip.write(array);
      zip.closeEntry();
    }
    byte[] lie = replaced(bytes.toByteArray(), little(array.length), little(900_000_000));
    assertTrue(refused(file("lie.npz", lie)).contains("which the archive does not hold"));
  }

  /** HDF5 reads what was never written as zeros, without end. */
  @ParameterizedTest
  @ValueSource(
      strings = {"2147483647,11,6,8", "3,2147483647,6,8", "100000,10000,6,8", "3,11,16000,16000"})
  void aDataSetThatClaimsMoreThanItsFileHoldsIsRefused(String shape) throws IOException {
    ByteBuffer claim = ByteBuffer.allocate(4 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (String length : shape.split(",")) {
      claim.putLong(Long.parseLong(length));
    }
    ByteBuffer truth = ByteBuffer.allocate(4 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    truth.putLong(3).putLong(11).putLong(6).putLong(8);
    byte[] whole = Files.readAllBytes(FilmsFixture.path("chunked.h5"));
    Path lie = file("lie.h5", replaced(whole, truth.array(), claim.array()));
    assertTrue(refused(lie).contains("too small for an array of shape"));
  }

  /** The length of a group's header, which the library believes. */
  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE, 1 << 30, 0x0dffffff})
  void aLengthInHdf5ThatTheFileDoesNotHoldCostsNoMemory(int length) throws IOException {
    byte[] bytes = Files.readAllBytes(FilmsFixture.path("chunked.h5"));
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(24, header.getInt(808));
    header.putInt(808, length);
    Path lie = file("lie.h5", bytes);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertTrue(refused(lie).contains("not a whole HDF5 file"));
    long used = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(used < 100 << 20, used + " bytes");
  }

  private static byte[] little(int number) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array();
  }

  /** Some bytes with every occurrence of others in them replaced. */
  private static byte[] replaced(byte[] bytes, byte[] old, byte[] now) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String changed =
        text.replace(
            new String(old, StandardCharsets.ISO_8859_1),
            new String(now, StandardCharsets.ISO_8859_1));
    assertTrue(!changed.equals(text), "nothing was replaced");
    return changed.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void recordsWithWrongChecksumsAreNamed() throws IOException {
    byte[] whole = Files.readAllBytes(FilmsFixture.path("records/train.tfrecord"));
    Files.copy(FilmsFixture.path("records/features.txt"), folder.resolve(FeatureList.NAME));
    byte[] data = whole.clone();
    data[100]++;
    assertTrue(refused(file("data.tfrecord", data)).contains("record 0: its checksum is wrong"));
    int second =
        Math.toIntExact(16 + ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong());
    byte[] length = whole.clone();
    length[second + 3]++;
    assertTrue(
        refused(file("length.tfrecord", length)).contains("record 1: the checksum of its length"));
    ByteBuffer lying = ByteBuffer.wrap(whole.clone()).order(ByteOrder.LITTLE_ENDIAN);
    byte[] claimed =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(1L << 40).array();
    lying.position(second);
    lying.put(claimed).putInt(MaskedCrc.of(claimed));
    assertTrue(refused(file("lying.tfrecord", lying.array())).contains("it should have"));
  }

  @Test
  void featureListsThatSayNothingAreNamed() throws IOException {
    Path records =
        Files.copy(FilmsFixture.path("records/train.tfrecord"), folder.resolve("train.tfrecord"));
    assertTrue(refused(records).contains("no features.txt beside it"));
    for (String line :
        List.of(
            "image", "image, (-1, 6, 8, 3), uint8", "image, (a), uint8", "x, (11, 4), float64")) {
      Files.writeString(folder.resolve(FeatureList.NAME), line + "\n");
      assertThrows(StorageException.class, () -> FilmSources.open(records, ""), line);
    }
  }

  @Test
  void dataSetsThatDoNotFitAreNamed() throws IOException {
    Path list = folder.resolve(DataSet.LIST);
    String words = "{\"format\": \"%s\", \"dt\": 0.1, \"files\": [%s]}";
    Files.writeString(list, words.formatted(DataSet.FORMAT, ""));
    assertTrue(refused(folder).contains("it lists no rollouts"));
    Files.writeString(list, words.formatted("another", "\"a.safetensors\""));
    assertTrue(refusedBecause(folder).contains("no list of rollouts"));
    Files.writeString(list, words.formatted(DataSet.FORMAT, "\"../a.safetensors\""));
    assertTrue(refusedBecause(folder).contains("is no file of this folder"));
    Files.writeString(list, words.formatted(DataSet.FORMAT, "\"a.safetensors\""));
    Shape[] wrong = {Shape.of(1, 3, 2), Shape.of(2, 2), Shape.SCALAR, Shape.of(1, 2, 2)};
    for (int i = 0; i < wrong.length; i++) {
      Shape q = wrong[i];
      Shape p = i == wrong.length - 1 ? Shape.of(1, 2, 1) : q;
      new SafetensorsWriter()
          .put("frames", Shape.of(1, 2, 4, 4, 3), new float[96])
          .put("q", q, new double[(int) q.count()])
          .put("p", p, new double[(int) p.count()])
          .write(folder.resolve("a.safetensors"));
      String message = refusedBecause(folder);
      assertTrue(message.contains("are no states of its frames"), message);
    }
  }

  @Test
  void foldersWithoutFilmsAreNamed() throws IOException {
    assertTrue(refused(folder).contains("the folder is empty"));
    Files.writeString(folder.resolve("notes.txt"), "no film");
    assertTrue(refused(folder.resolve("notes.txt")).contains("no kind of film that is known"));
    Files.writeString(folder.resolve("more.txt"), "no film");
    assertTrue(refused(folder).contains("there are no films in this folder"));
    assertTrue(refused(folder.resolve("none")).contains("no such file or folder"));
    Path single =
        Files.copy(FilmsFixture.path("folders/film0/frame0.png"), folder.resolve("single.png"));
    assertTrue(refused(single).contains("one picture is no film"));
  }

  @Test
  void linksThatLeadOutAreRefused() throws IOException {
    Path films = Files.createDirectory(folder.resolve("films"));
    Path secret = Files.createDirectory(folder.resolve("secret"));
    Path picture =
        Files.copy(FilmsFixture.path("folders/film0/frame0.png"), secret.resolve("frame0.png"));
    Files.createSymbolicLink(films.resolve("frame0.png"), picture);
    assertTrue(refusedBecause(films).contains("leads out of"));
    Files.delete(films.resolve("frame0.png"));
    Files.createSymbolicLink(films.resolve("film0"), secret);
    assertTrue(refusedBecause(films).contains("leads out of"));
    Files.delete(films.resolve("film0"));
    Files.createSymbolicLink(films.resolve("frame1.png"), folder.resolve("nowhere.png"));
    assertTrue(refusedBecause(films).contains("leads nowhere"));
    Files.delete(films.resolve("frame1.png"));
    Files.copy(picture, films.resolve("frame0.png"));
    Files.createSymbolicLink(films.resolve("frame1.png"), films.resolve("frame0.png"));
    assertEquals(2, FilmsFixture.frames(FilmSources.open(films, ""), 0).size(), "within is well");
  }

  private static String refusedBecause(Path path) {
    return assertThrows(StorageException.class, () -> FilmSources.open(path, "")).getMessage();
  }
}
