import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Appends the native libraries of a class path to the application jar as the compressed bytes that
 * they already are. Deflating them again, as a jar tool would, takes longer than the whole of the
 * rest of the build.
 *
 * <p>Run as {@code java AppendNatives.java IN OUT PATTERN CLASSPATH}: copies the jar {@code IN} to
 * {@code OUT} by way of a temporary file, with every entry of the jars in {@code CLASSPATH} whose
 * name matches {@code PATTERN}. Jars beyond 4 GB (ZIP64) are refused.
 */
final class AppendNatives {
  private static final int LOCAL_SIGNATURE = 0x04034b50;
  private static final int LOCAL_LENGTH = 30;
  private static final int CENTRAL_SIGNATURE = 0x02014b50;
  private static final int CENTRAL_LENGTH = 46;
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_LENGTH = 22;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final int UTF8_NAME = 1 << 11;
  private static final long ZIP64_FROM = 0xffffffffL;

  private AppendNatives() {}

  public static void main(String[] args) throws IOException {
    Path in = Path.of(args[0]);
    Path out = Path.of(args[1]);
    Pattern wanted = Pattern.compile(args[2]);
    Path temporary = out.resolveSibling(out.getFileName() + ".part");
    Files.createDirectories(out.toAbsolutePath().getParent());
    Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel jar =
        FileChannel.open(temporary, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      append(jar, args[3].split(java.io.File.pathSeparator), wanted);
    }
    Files.move(
        temporary, out, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void append(FileChannel jar, String[] classPath, Pattern wanted)
      throws IOException {
    Directory directory = Directory.of(jar);
    List<ByteBuffer> central = new ArrayList<>(directory.entries());
    Set<String> names = new HashSet<>();
    central.forEach(entry -> names.add(name(entry)));
    jar.truncate(directory.start());
    jar.position(directory.start());
    for (String element : classPath) {
      if (!element.endsWith(".jar")) {
        continue;
      }
      try (FileChannel source = FileChannel.open(Path.of(element))) {
        for (ByteBuffer entry : Directory.of(source).entries()) {
          if (wanted.matcher(name(entry)).matches() && names.add(name(entry))) {
            central.add(copy(entry, source, jar));
          }
        }
      }
    }
    finish(jar, central);
  }

  /** Copies one entry to the end of the jar and returns its record for the directory there. */
  private static ByteBuffer copy(ByteBuffer entry, FileChannel source, FileChannel jar)
      throws IOException {
    byte[] name = name(entry).getBytes(StandardCharsets.UTF_8);
    short method = entry.getShort(10);
    int crc = entry.getInt(16);
    int compressed = entry.getInt(20);
    int size = entry.getInt(24);
    long start = Integer.toUnsignedLong(entry.getInt(42));
    ByteBuffer found = read(source, start, LOCAL_LENGTH);
    start +=
        LOCAL_LENGTH
            + Short.toUnsignedInt(found.getShort(26))
            + Short.toUnsignedInt(found.getShort(28));

    // Sizes and checksum stand in the header, as in a jar written in one go: no data descriptor.
    short time = entry.getShort(12);
    short date = entry.getShort(14);
    long header = jar.position();
    if (header + Integer.toUnsignedLong(compressed) >= ZIP64_FROM) {
      throw new IOException("The application jar must be below 4 GB, but was " + header);
    }
    ByteBuffer local = buffer(LOCAL_LENGTH + name.length);
    local.putInt(LOCAL_SIGNATURE).putShort((short) 20).putShort((short) UTF8_NAME);
    local.putShort(method).putShort(time).putShort(date);
    local.putInt(crc).putInt(compressed).putInt(size);
    local.putShort((short) name.length).putShort((short) 0).put(name);
    jar.write(local.flip());
    for (long left = Integer.toUnsignedLong(compressed); left > 0; ) {
      long moved = source.transferTo(start, left, jar);
      start += moved;
      left -= moved;
    }

    ByteBuffer record = buffer(CENTRAL_LENGTH + name.length);
    record.putInt(CENTRAL_SIGNATURE).putShort((short) 20).putShort((short) 20);
    record.putShort((short) UTF8_NAME).putShort(method).putShort(time).putShort(date);
    record.putInt(crc).putInt(compressed).putInt(size).putShort((short) name.length);
    record.position(42).putInt((int) header).put(name);
    return record.flip();
  }

  private static void finish(FileChannel jar, List<ByteBuffer> central) throws IOException {
    long start = jar.position();
    for (ByteBuffer entry : central) {
      jar.write(entry.duplicate());
    }
    if (central.size() >= 0xffff) {
      throw new IOException("Entries of the jar must be below 65535, but were " + central.size());
    }
    ByteBuffer end = buffer(END_LENGTH);
    end.putInt(END_SIGNATURE).position(8).putShort((short) central.size());
    end.putShort((short) central.size()).putInt((int) (jar.position() - start));
    end.putInt((int) start);
    jar.write(end.clear());
  }

  private static String name(ByteBuffer entry) {
    byte[] name = new byte[Short.toUnsignedInt(entry.getShort(28))];
    entry.get(CENTRAL_LENGTH, name);
    return new String(name, StandardCharsets.UTF_8);
  }

  private static ByteBuffer buffer(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer read(FileChannel channel, long from, int length) throws IOException {
    ByteBuffer read = buffer(length);
    while (read.hasRemaining() && channel.read(read, from + read.position()) > 0) {}
    return read.flip();
  }

  /** The central directory of a jar: where it starts, and the record of each entry. */
  private record Directory(long start, List<ByteBuffer> entries) {
    static Directory of(FileChannel jar) throws IOException {
      int tail = (int) Math.min(jar.size(), END_LENGTH + LONGEST_COMMENT);
      ByteBuffer read = read(jar, jar.size() - tail, tail);
      int end = tail - END_LENGTH;
      while (end >= 0 && read.getInt(end) != END_SIGNATURE) {
        end--;
      }
      if (end < 0 || Integer.toUnsignedLong(read.getInt(end + 16)) == ZIP64_FROM) {
        throw new IOException("Cannot read a jar: its directory is damaged or in ZIP64 form");
      }
      long start = Integer.toUnsignedLong(read.getInt(end + 16));
      ByteBuffer all = read(jar, start, read.getInt(end + 12));
      List<ByteBuffer> entries = new ArrayList<>();
      for (int at = 0; at < all.limit(); ) {
        int length = CENTRAL_LENGTH;
        for (int field = 28; field <= 32; field += 2) {
          length += Short.toUnsignedInt(all.getShort(at + field));
        }
        entries.add(all.slice(at, length).order(ByteOrder.LITTLE_ENDIAN));
        at += length;
      }
      return new Directory(start, entries);
    }
  }
}
