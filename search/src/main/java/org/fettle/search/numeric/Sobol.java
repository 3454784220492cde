package org.fettle.search.numeric;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The Sobol sequence in Gray-code order, any point of it at once, and its random scrambling.
 *
 * <p>I. M. Sobol, 1967, doi:10.1016/0041-5553(67)90144-9; direction numbers by S. Joe, F. Y. Kuo,
 * 2008, doi:10.1137/070709359; scrambling by A. B. Owen, <i>Randomly Permuted (t,m,s)-Nets and
 * (t,s)-Sequences</i>, 1995, doi:10.1007/978-1-4612-2552-2_19.
 */
public final class Sobol {

  /** How many dimensions there are direction numbers for. */
  public static final int DIMENSIONS = 1111;

  private static final int BITS = 32;
  private static final double CELL = 0x1p-32;

  private Sobol() {}

  /** Coordinate of the plain sequence; the point of index 0 is the origin. */
  public static double coordinate(int dimension, long index) {
    return Integer.toUnsignedLong(bits(dimension, index)) * CELL;
  }

  /**
   * Coordinate of the sequence after nested uniform scrambling: each digit is flipped or not by a
   * coin that depends on the digits before it, so that every point is uniform and the points stay a
   * net. In the open unit interval.
   */
  public static double scrambled(int dimension, long index, long seed) {
    int plain = bits(dimension, index);
    long own = Seeds.derive(seed, dimension, "sobol");
    int result = 0;
    for (int place = 0; place < BITS; place++) {
      // The leading one marks how many digits there are before this one.
      long before = place == 0 ? 1 : (1L << place) | (plain >>> (BITS - place));
      int coin = (int) (Seeds.derive(own, before, "") >>> 63);
      result = (result << 1) | (((plain >>> (BITS - 1 - place)) & 1) ^ coin);
    }
    return (Integer.toUnsignedLong(result) + 0.5) * CELL;
  }

  private static int bits(int dimension, long index) {
    Objects.checkIndex(index, 1L << BITS);
    int[] directions = Table.DIRECTIONS[Objects.checkIndex(dimension, DIMENSIONS)];
    long gray = index ^ (index >>> 1);
    int bits = 0;
    for (int place = 0; gray != 0; place++, gray >>>= 1) {
      if ((gray & 1) != 0) {
        bits ^= directions[place];
      }
    }
    return bits;
  }

  /** Read on first use. */
  private static final class Table {
    static final int[][] DIRECTIONS = read();

    private static int[][] read() {
      int[][] directions = new int[DIMENSIONS][];
      directions[0] = new int[BITS];
      Arrays.setAll(directions[0], place -> 1 << (BITS - 1 - place));
      try (InputStream in = Sobol.class.getResourceAsStream("joe-kuo-6.txt");
          BufferedReader reader =
              new BufferedReader(
                  new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.US_ASCII))) {
        List<String> lines = reader.lines().filter(line -> !line.startsWith("#")).toList();
        for (int i = 0; i < lines.size(); i++) {
          int[] numbers =
              Arrays.stream(lines.get(i).split(" ")).mapToInt(Integer::parseInt).toArray();
          directions[i + 1] = directions(numbers[0], numbers);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return directions;
    }

    /** The recurrence of Bratley and Fox 1988; {@code initial[1..degree]} are m_1 … m_degree. */
    private static int[] directions(int polynomial, int[] initial) {
      int degree = initial.length - 1;
      int[] directions = new int[BITS];
      for (int place = 0; place < BITS; place++) {
        if (place < degree) {
          directions[place] = initial[place + 1] << (BITS - 1 - place);
        } else {
          int value = directions[place - degree] ^ (directions[place - degree] >>> degree);
          for (int k = 1; k < degree; k++) {
            if (((polynomial >>> (degree - k)) & 1) != 0) {
              value ^= directions[place - k];
            }
          }
          directions[place] = value;
        }
      }
      return directions;
    }
  }
}
