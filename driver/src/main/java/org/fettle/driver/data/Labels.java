package org.fettle.driver.data;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.fettle.executor.data.Cells;

/** Names of classes and categories, and their order: numbers by value, otherwise by text. */
final class Labels {

  private Labels() {}

  static List<String> sorted(Collection<String> labels) {
    boolean numbers = labels.stream().allMatch(Cells::isNumber);
    Comparator<String> byText = Comparator.naturalOrder();
    return labels.stream()
        .sorted(
            numbers
                ? Comparator.comparingDouble(Double::parseDouble).thenComparing(byText)
                : byText)
        .toList();
  }
}
