package org.fettle.search.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.fettle.search.Study;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.suggest.SecondJvm;
import org.fettle.search.suggest.Suggesters;
import org.fettle.search.suggest.TestSpaces;
import org.junit.jupiter.api.Test;

/**
 * 100,000 completed trials of 20 parameters in a JVM whose heap ends at 200 MB, itself included.
 */
class HistoryMemoryTest {

  private static final int TRIALS = 100_000;

  @Test
  void holdsAHundredThousandTrialsInTwoHundredMegabytes() throws Exception {
    // All but the young generation is for what stays.
    List<String> heap = List.of("-XX:+UseSerialGC", "-Xmx200m", "-Xmn16m");
    assertThat(SecondJvm.lines(HistoryMemoryTest.class, heap)).containsExactly("" + TRIALS);
  }

  /** Asks and tells, and prints how many trials completed. */
  public static void main(String[] args) {
    SearchSpace space = TestSpaces.continuous(20);
    Study study = Study.create(space, Goal.minimize("loss"), Suggesters.named("random"), 1);
    for (int i = 0; i < TRIALS; i++) {
      study.tell(study.ask().number(), i);
    }
    System.out.println(study.history().completed().size());
  }
}
