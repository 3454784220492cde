package org.fettle.driver.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.fettle.driver.dashboard.Dashboard;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.job.Watching;
import org.fettle.driver.report.Occupancy;
import org.fettle.driver.report.Progress;
import org.fettle.driver.report.html.ReportPage;
import org.fettle.driver.report.mlflow.MlflowRuns;
import org.fettle.driver.report.tensorboard.TensorBoardFiles;
import org.fettle.driver.spark.ClusterUse;
import org.fettle.driver.store.EventJson;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.StudyFolder;
import org.fettle.driver.store.StudyStore;
import org.fettle.driver.study.BackgroundFollower;
import org.fettle.driver.study.FollowedStore;
import org.fettle.driver.study.Listeners;
import org.fettle.driver.study.StudyControl;
import org.fettle.driver.study.StudyFollower;
import org.fettle.driver.study.StudyListener;
import org.fettle.driver.study.StudyLog;
import org.fettle.driver.study.StudyRunner;
import org.fettle.driver.study.TrialBackend;

/**
 * All who watch a study: the terminal, Spark's pages, TensorBoard, MLflow and the user's listeners.
 * None of them can slow the study down or harm it.
 */
final class Audience implements AutoCloseable {

  /** How long the study's end waits for those that write what they heard. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final JobSpec job;
  private final StudyFolder folder;
  private final PrintWriter out;
  private final Output output;
  private final StudyLog log;
  private final List<StudyFollower> followers = new ArrayList<>();
  private final List<AutoCloseable> closed = new ArrayList<>();
  private final Optional<Progress> progress;
  private final List<StudyListener> users;
  private Listeners listeners = new Listeners(List.of(), List.of(), Audience::warn);

  /**
   * Watches from now on.
   *
   * @param soFar the journal's events from its first, {@link JournalEvent.StudyCreated}
   * @param out where a run prints its results
   */
  Audience(
      JobSpec job,
      StudyFolder folder,
      List<JournalEvent> soFar,
      SparkContext spark,
      TrialBackend backend,
      PrintWriter out,
      Output output,
      InstantSource clock) {
    this.job = job;
    this.folder = folder;
    this.out = out;
    this.output = output;
    this.log = StudyLog.of((JournalEvent.StudyCreated) soFar.get(0));
    log.happened(soFar.subList(1, soFar.size()));
    followers.add(log);
    followers.add(new Dashboard(spark, log, soFar));
    if (output == Output.JSON) {
      EventJson json = new EventJson();
      StudyFollower lines = events -> events.forEach(event -> line(json.write(event)));
      lines.happened(soFar);
      followers.add(lines);
    }
    if (job.watching().tensorboard() == Watching.TensorBoard.WRITTEN) {
      follow("TensorBoard", new TensorBoardFiles(folder, log));
    }
    job.watching()
        .mlflow()
        .ifPresent(
            settings -> {
              MlflowRuns runs = new MlflowRuns(settings, log);
              closed.add(runs);
              follow("MLflow", runs);
            });
    this.progress =
        output == Output.SHOWN
            ? Optional.of(Terminals.progress(clock, () -> Optional.of(occupancy(spark, backend))))
            : Optional.empty();
    progress.ifPresent(this::tick);
    this.users = UserListeners.of(job.watching().listeners());
  }

  private static Occupancy occupancy(SparkContext spark, TrialBackend backend) {
    ClusterUse use = ClusterUse.of(spark);
    int slots = backend.slots();
    return new Occupancy(use.executors(), slots, Math.min(slots, use.busy()));
  }

  private void follow(String name, StudyFollower follower) {
    BackgroundFollower own = new BackgroundFollower(name, follower, Audience::warn, PATIENCE);
    // Closed before what it writes to.
    closed.add(0, own);
    followers.add(own);
  }

  private void tick(Progress shown) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "fettle progress");
              thread.setDaemon(true);
              return thread;
            });
    var unused = timer.scheduleAtFixedRate(shown::tick, 1, 1, TimeUnit.SECONDS);
    closed.add(timer::shutdownNow);
  }

  private static void warn(String warning) {
    System.err.println("\nWarning: " + warning);
  }

  /** The journal, with all of the audience behind it. */
  StudyStore follow(StudyStore store) {
    return new FollowedStore(store, followers, Audience::warn);
  }

  /** Tells the terminal, the user's listeners and others. */
  StudyListener listener(StudyListener... others) {
    List<StudyListener> own = new ArrayList<>(List.of(others));
    progress.ifPresent(own::add);
    listeners = new Listeners(own, users, Audience::warn);
    return listeners;
  }

  /** Tells the listeners that the study begins, and lets them end it. */
  void begin(StudyRunner runner) {
    listeners.studyStarted(
        runner.history(),
        new StudyControl() {
          @Override
          public String study() {
            return job.study();
          }

          @Override
          public void stop(String reason) {
            runner.finish(reason);
          }
        });
  }

  /** Leaves the report. */
  void report() {
    folder.write(StudyFolder.REPORT, ReportPage.of(log.view()).getBytes(StandardCharsets.UTF_8));
  }

  /** Says the result to scripts. */
  void result(Map<String, Object> result) {
    if (output == Output.JSON) {
      Map<String, Object> last = new LinkedHashMap<>();
      last.put("event", "result");
      last.put("study", folder.uri());
      last.putAll(result);
      try {
        line(new ObjectMapper().writeValueAsString(last));
      } catch (JsonProcessingException e) {
        throw new AssertionError("Plain data is JSON", e);
      }
    }
  }

  private void line(String json) {
    synchronized (out) {
      out.println(json);
      out.flush();
    }
  }

  @Override
  public void close() {
    listeners.close();
    for (AutoCloseable each : closed) {
      try {
        each.close();
      } catch (Exception e) {
        warn("Cannot close " + each + ": " + e);
      }
    }
  }
}
