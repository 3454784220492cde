package org.fettle.search.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.fettle.search.TestSeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestSeed.class)
final class ReportListTest {

  @Test
  void findsEveryReportWhateverTheOrderOfArrival() {
    long seed = TestSeed.value();
    Random random = new Random(seed);
    List<Report> plain = new ArrayList<>();
    ReportList grown = ReportList.of(List.of());
    for (int i = 0; i < 300; i++) {
      Report report =
          new Report(random.nextInt(4) * 7, 1 + random.nextInt(60), Measurement.of("loss", i));
      plain.add(report);
      grown = grown.plus(report);
    }
    ReportList made = ReportList.of(plain);

    assertThat(grown).as("seed %d", seed).isEqualTo(plain).isEqualTo(made);
    for (int fold = -1; fold < 30; fold++) {
      int each = fold;
      List<Report> expected =
          plain.stream()
              .filter(report -> report.fold() == each)
              .sorted(Comparator.comparingInt(Report::step))
              .toList();
      assertThat(grown.fold(fold)).as("seed %d", seed).isEqualTo(expected);
      assertThat(made.fold(fold)).as("seed %d", seed).isEqualTo(expected);
      for (int step = 0; step < 62; step++) {
        int at = step;
        assertThat(grown.has(fold, step))
            .as("seed %d, fold %d, step %d", seed, fold, step)
            .isEqualTo(expected.stream().anyMatch(report -> report.step() == at));
      }
    }
  }

  @Test
  void leavesTheListItGrewFromAsItWas() {
    Report first = new Report(0, 1, Measurement.of("loss", 1));
    Report second = new Report(0, 2, Measurement.of("loss", 2));
    ReportList one = ReportList.of(List.of(first));
    ReportList two = one.plus(second);
    ReportList other = one.plus(new Report(1, 1, Measurement.none()));

    assertThat(one).containsExactly(first);
    assertThat(one.has(0, 2)).isFalse();
    assertThat(two.fold(0)).containsExactly(first, second);
    assertThat(other.fold(0)).containsExactly(first);
    assertThatThrownBy(() -> two.fold(0).set(0, second))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(null);
  }
}
