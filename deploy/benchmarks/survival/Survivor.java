import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.fettle.driver.job.FailureSpec;
import org.fettle.driver.store.Holder;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.JournalStore;
import org.fettle.driver.store.StoreException;
import org.fettle.driver.store.StudyFolder;
import org.fettle.driver.study.Replay;
import org.fettle.driver.study.Replaying;
import org.fettle.driver.study.Search;
import org.fettle.driver.study.StudyListener;
import org.fettle.driver.study.StudyRunner;
import org.fettle.driver.study.TrialBackend;
import org.fettle.driver.study.TrialPlan;
import org.fettle.executor.task.TaskResult;
import org.fettle.executor.task.TrialTask;
import org.fettle.executor.task.Work;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.stop.StopRule;
import org.fettle.search.study.Goal;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Report;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;
import org.fettle.search.suggest.Suggesters;

/**
 * The driver of a study without Spark, to be killed: begins it or goes on with it, by the loop and
 * the journal of Fettle. Its trials take a few milliseconds, so that most of the time goes to the
 * journal. Prints READY when the study is its own, and DONE at its end.
 *
 * <p>Arguments: the study's folder, the number of trials, and settings of Hadoop as {@code
 * name=value}.
 */
public final class Survivor {

  private static final int FOLDS = 3;
  private static final int STEPS = 4;

  private Survivor() {}

  static StudySpec spec(int trials) {
    SearchSpace space =
        new SearchSpace(
            List.of(
                DoubleParameter.of("x", -1, 1, Scale.LINEAR),
                DoubleParameter.of("rate", 1e-4, 1, Scale.LOG)),
            List.of());
    return new StudySpec(
        space, List.of(Goal.minimize("loss")), List.of(), 7, OptionalInt.of(trials), 1);
  }

  public static void main(String[] args) throws Exception {
    Configuration hadoop = new Configuration();
    for (String setting : List.of(args).subList(2, args.length)) {
      hadoop.set(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
    }
    StudyFolder folder = StudyFolder.at(args[0], hadoop);
    Holder holder = Holder.here("survivor", "", 0, Instant.now());
    try (Backend backend = new Backend();
        JournalStore journal = folder.claimJournal(holder, System.err::println)) {
      run(folder, journal, backend, spec(Integer.parseInt(args[1])));
    } catch (StoreException e) {
      System.err.println(e.getMessage());
      System.exit(3);
    }
    System.out.println("DONE");
    System.exit(0);
  }

  private static void run(
      StudyFolder folder, JournalStore journal, Backend backend, StudySpec spec)
      throws InterruptedException {
    Replaying replaying = new Replaying(spec);
    if (folder.holdsStudy()) {
      journal.read(replaying::add);
    }
    Replay before = replaying.replay();
    JournalEvent begin =
        journal.session() == 1
            ? new JournalEvent.StudyCreated(
                Instant.now(), JournalStore.FORMAT, Map.of(), Map.of())
            : new JournalEvent.StudyResumed(
                Instant.now(),
                journal.session(),
                journal.holder().described(),
                Map.of(),
                Map.of(),
                before.worked());
    journal.append(List.of(begin));
    System.out.println("READY");
    System.out.flush();
    Search search =
        new Search(
            Suggesters.named("tpe"), Optional.empty(), StopRule.anyOf(List.of()), OptionalInt.of(1),
            FailureSpec.standard());
    new StudyRunner(
            before.history(),
            search,
            new Plan(),
            backend,
            journal,
            new StudyListener() {},
            Clock.systemUTC())
        .run();
  }

  private static final class Plan implements TrialPlan {
    @Override
    public int runsPerTrial() {
      return FOLDS;
    }

    @Override
    public List<TrialTask> runs(Trial trial) {
      return IntStream.range(0, FOLDS)
          .mapToObj(fold -> task(trial.number(), fold, trial.assignment()))
          .toList();
    }

    private static TrialTask task(int trial, int fold, Assignment assignment) {
      Map<String, Object> parameters = new LinkedHashMap<>(assignment.values());
      parameters.put("fold", fold);
      return new TrialTask("survivor", trial, trial, new Work.Evaluate("none", parameters));
    }
  }

  /** One run at a time, on a thread of its own. */
  private static final class Backend implements TrialBackend {
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    @Override
    public int slots() {
      return 1;
    }

    @Override
    public void submit(String description, List<TrialTask> runs, Results results) {
      thread.execute(
          () -> {
            for (int i = 0; i < runs.size(); i++) {
              Map<String, Object> given = ((Work.Evaluate) runs.get(i).work()).parameters();
              results.runEnded(i, scored(given));
            }
          });
    }

    private static TaskResult scored(Map<String, Object> given) {
      double x = ((Number) given.get("x")).doubleValue();
      double rate = Math.log10(((Number) given.get("rate")).doubleValue()) + 2;
      int fold = ((Number) given.get("fold")).intValue();
      double loss = x * x + rate * rate + fold / 10.0;
      List<Report> reports = new ArrayList<>();
      for (int step = 1; step <= STEPS; step++) {
        reports.add(new Report(fold, step, Measurement.of("loss", loss + 1.0 / step)));
      }
      return new TaskResult.Scored(Measurement.of("loss", loss), reports, 0.001);
    }

    @Override
    public void cancel(int trial) {}

    @Override
    public void close() {
      thread.shutdownNow();
    }
  }
}
