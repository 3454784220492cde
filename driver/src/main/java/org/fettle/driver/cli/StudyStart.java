package org.fettle.driver.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.spark.SparkContext;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.report.FoldsCsv;
import org.fettle.driver.store.Holder;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.JournalStore;
import org.fettle.driver.store.StoreException;
import org.fettle.driver.store.StudyFolder;
import org.fettle.driver.store.StudyStatus;
import org.fettle.driver.study.Replay;
import org.fettle.search.study.History;
import org.fettle.search.study.StudySpec;

/** Begins a study, or goes on with one, once its journal is this driver's. */
final class StudyStart {

  /** In the provenance: how many trials there could be at once when the study began. */
  private static final String PARALLELISM = "parallelism";

  private final CheckedJob checked;
  private final JobSpec job;
  private final StudyFolder folder;
  private final PrintWriter out;
  private final Clock clock;

  StudyStart(CheckedJob checked, StudyFolder folder, PrintWriter out, Clock clock) {
    this.checked = checked;
    this.job = checked.job();
    this.folder = folder;
    this.out = out;
    this.clock = clock;
  }

  /** What a study that is there already means. */
  enum Existing {
    /** It goes on, unless it is done. */
    CONTINUE,
    /** It goes on, or its results are made again. */
    RESUME,
    /** It is deleted. */
    OVERWRITE
  }

  /** This driver, as a lease names it. */
  static Holder holder(SparkContext spark, Clock clock) {
    String attempt =
        spark.applicationAttemptId().isDefined() ? spark.applicationAttemptId().get() : "0";
    String digits = attempt.replaceAll(".*?([0-9]{1,9})$", "$1");
    return Holder.here(
        user(),
        spark.applicationId(),
        digits.matches("[0-9]+") ? Integer.parseInt(digits) : 0,
        clock.instant());
  }

  static String user() {
    try {
      return UserGroupInformation.getCurrentUser().getShortUserName();
    } catch (IOException e) {
      return String.valueOf(System.getProperty("user.name"));
    }
  }

  /**
   * Begins or goes on.
   *
   * @param parallelism how many trials there may be at once, on the cluster as it is
   * @throws StoreException if a study is there and cannot go on so
   */
  Replay start(JournalStore journal, Existing existing, int parallelism) {
    Map<String, Object> provenance = Provenance.of(checked);
    provenance.put(PARALLELISM, parallelism);
    if (existing == Existing.OVERWRITE) {
      folder.clear(journal);
    }
    if (existing == Existing.OVERWRITE || !folder.holdsStudy()) {
      return begin(journal, provenance, job.studySpec(parallelism));
    }
    StoredStudy.Reading reading = new StoredStudy.Reading(folder);
    journal.read(reading::add);
    return goOn(journal, reading, existing, provenance, parallelism);
  }

  private Replay begin(JournalStore journal, Map<String, Object> provenance, StudySpec spec) {
    writeFiles(provenance);
    journal.append(
        List.of(
            new JournalEvent.StudyCreated(
                clock.instant(), JournalStore.FORMAT, job.canonical(), provenance)));
    out.println("Study " + job.study() + " → " + folder.uri());
    return Replay.of(spec, List.of());
  }

  private Replay goOn(
      JournalStore journal,
      StoredStudy.Reading reading,
      Existing existing,
      Map<String, Object> provenance,
      int cluster) {
    StoredStudy study = reading.study();
    Map<String, Object> began = study.created().provenance();
    JobChanges changes =
        JobChanges.between(study.job().canonical(), began, job.canonical(), provenance);
    if (!changes.refused().isEmpty()) {
      throw new StoreException(
          "Cannot go on with %s: its job or data are no longer what it began with:%n  %s%n"
                  .formatted(folder.uri(), String.join("\n  ", changes.refused()))
              + "Undo that, or begin another study with --set study=NAME,"
              + " which may learn from this one by search.warm-start");
    }
    if (existing == Existing.CONTINUE && isDone(study)) {
      throw new StoreException(
          "Cannot begin %s: a study is there already, and it is done; for more trials give"
                  .formatted(folder.uri())
              + " --set search.trials=N, for another study --set study=NAME or --output,"
              + " or --overwrite to delete it");
    }
    int parallelism = cluster;
    if (job.search().parallel().isEmpty() && began.get(PARALLELISM) instanceof Number number) {
      parallelism = number.intValue(); // Suggestions may depend on it.
      provenance.put(PARALLELISM, parallelism);
    }
    Replay replay = reading.replay(job, parallelism);
    journal.append(
        List.of(
            new JournalEvent.StudyResumed(
                clock.instant(),
                journal.session(),
                journal.holder().described(),
                job.canonical(),
                provenance,
                replay.worked())));
    folder.delete(StudyFolder.RESULT);
    writeFiles(provenance);
    History history = replay.history();
    out.printf(
        "Study %s → %s%nGoing on with %d trials, %d of them unfinished, after %d s of work%n",
        job.study(),
        folder.uri(),
        history.size(),
        history.running().size(),
        replay.worked().toSeconds());
    changes.harmless().forEach(line -> out.println("  changed: " + line));
    return replay;
  }

  /** Whether there is nothing left to do: it has its results, and no more is asked for. */
  private boolean isDone(StoredStudy study) {
    boolean more =
        job.search().trials().orElse(Integer.MAX_VALUE) > study.replay().history().size()
            && !job.search().trials().equals(study.job().search().trials());
    boolean otherwise = !job.search().stop().equals(study.job().search().stop());
    return study.replay().status() == StudyStatus.DONE
        && folder.exists(StudyFolder.RESULT)
        && !more
        && !otherwise;
  }

  private void writeFiles(Map<String, Object> provenance) {
    Map<String, Object> frozen = new LinkedHashMap<>();
    frozen.put("job", job.canonical());
    frozen.put("provenance", provenance);
    EarlierStudies.keep(checked.earlier(), folder);
    folder.writeJson(StudyFolder.STUDY, frozen);
    checked
        .data()
        .ifPresent(
            data ->
                folder.write(
                    StudyFolder.FOLDS, FoldsCsv.of(data.folds()).getBytes(StandardCharsets.UTF_8)));
  }
}
