import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All problems, in sets. */
final class Problems {

  private final Map<String, List<Problem>> sets = new LinkedHashMap<>();

  Problems(Path data) {
    Table diabetes = Table.read(data.resolve("diabetes.csv"), 2, 0);
    Table wine = Table.read(data.resolve("wine.csv"), 1, 3);
    sets.put(
        "main",
        List.of(
            Classics.branin(),
            Classics.hartmann6(),
            Classics.ackley10(),
            Classics.levy6(),
            Classics.rosenbrock5(),
            Classics.hartmann6().noisy("noisy-hartmann-6", .3),
            Mixtures.mixed(),
            Mixtures.tree(),
            Mixtures.deceptive(),
            Mixtures.training(),
            KernelRidge.problem(diabetes),
            SmallNetwork.problem(wine)));
    sets.put(
        "held-out",
        List.of(
            Classics.hartmann3(),
            Classics.rastrigin4(),
            Classics.styblinski5(),
            Classics.michalewicz5(),
            Classics.rosenbrock8(),
            Classics.branin().noisy("noisy-branin", 10),
            Mixtures.pipeline(),
            Mixtures.forest(),
            Mixtures.training().noisy("noisy-training", .05),
            Neighbours.problem(diabetes)));
    sets.put("trees", List.of(Trees.nested(), Trees.long10(), Trees.machines()));
    sets.put("several", List.of(Classics.zdt1(), Classics.dtlz2()));
  }

  /** The problems of comma-separated sets or names. */
  List<Problem> named(String names) {
    List<Problem> problems = new ArrayList<>();
    for (String name : names.split(",")) {
      if (sets.containsKey(name)) {
        problems.addAll(sets.get(name));
      } else {
        problems.add(
            sets.values().stream()
                .flatMap(List::stream)
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name)));
      }
    }
    return problems;
  }

  private IllegalArgumentException unknown(String name) {
    List<String> known = new ArrayList<>(sets.keySet());
    sets.values().forEach(set -> set.forEach(each -> known.add(each.name())));
    return new IllegalArgumentException(
        "Problem must be one of " + String.join(", ", known) + ", but was " + name);
  }
}
