package org.fettle.driver.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AdmissionTest {

  private final AtomicInteger slots = new AtomicInteger(4);
  private final Admission admission = new Admission(slots::get);
  private final List<String> began = new ArrayList<>();

  private void enter(String name, int wanted) {
    admission.enter(name, wanted, () -> began.add(name));
  }

  @Test
  void letsInAsManyAsAllOfTheirTasksHaveSlots() {
    enter("a", 2);
    enter("b", 2);
    enter("c", 2);
    assertThat(began).containsExactly("a", "b");

    admission.leave(2);
    assertThat(began).containsExactly("a", "b", "c");
  }

  @Test
  void nobodyOvertakes() {
    enter("a", 3);
    enter("large", 4);
    enter("small", 1);
    assertThat(began).containsExactly("a");

    admission.leave(3);
    assertThat(began).containsExactly("a", "large");
  }

  @Test
  void whatIsLargerThanTheClusterIsLetInAlone() {
    slots.set(1);
    enter("a", 2);
    enter("b", 2);
    assertThat(began).containsExactly("a");

    admission.leave(2);
    assertThat(began).containsExactly("a", "b");
  }

  @Test
  void moreSlotsLetMoreIn() {
    slots.set(2);
    enter("a", 2);
    enter("b", 2);
    slots.set(4);
    admission.admit();

    assertThat(began).containsExactly("a", "b");
  }

  @Test
  void whatIsTakenOutNeverBegins() {
    enter("a", 4);
    enter("b", 4);
    enter("c", 1);
    assertThat(admission.withdraw("b")).isTrue();
    assertThat(admission.withdraw("a")).isFalse();
    admission.leave(4);

    assertThat(began).containsExactly("a", "c");
  }
}
