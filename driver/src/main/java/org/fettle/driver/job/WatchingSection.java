package org.fettle.driver.job;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.fettle.search.settings.Settings;

/** Reads who watches a study. */
final class WatchingSection {

  private final Problems problems;
  private final SectionReader sections;

  WatchingSection(Problems problems) {
    this.problems = problems;
    this.sections = new SectionReader(problems);
  }

  /**
   * The watchers.
   *
   * @param top the job's own settings; empty where they have problems
   * @param mlflow the section of that name
   */
  Optional<Watching> read(Optional<Settings> top, Node mlflow) {
    Optional<Map<String, Object>> values = sections.values(mlflow, JobSettings.MLFLOW, "mlflow");
    String study = top.map(settings -> settings.text("study")).orElse("");
    Optional<Watching.Mlflow> server = values.flatMap(each -> server(each, study));
    return top.map(
        settings ->
            new Watching(
                settings.flag("tensorboard")
                    ? Watching.TensorBoard.WRITTEN
                    : Watching.TensorBoard.LEFT_OUT,
                server,
                settings.list("listeners").stream().map(String.class::cast).toList()));
  }

  private Optional<Watching.Mlflow> server(Map<String, Object> values, String study) {
    Object uri = values.get("tracking-uri");
    Object experiment = values.get("experiment");
    if (uri == null && experiment == null) {
      return Optional.empty();
    }
    if (uri == null) {
      problems.add("mlflow.tracking-uri", "must be given beside experiment");
      return Optional.empty();
    }
    if (!isServer(uri.toString())) {
      problems.add(
          "mlflow.tracking-uri", uri, "must be the http or https address of a tracking server");
      return Optional.empty();
    }
    if (URI.create(uri.toString()).getUserInfo() != null) {
      problems.add(
          "mlflow.tracking-uri",
          "must not hold a password: set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD");
      return Optional.empty();
    }
    return Optional.of(
        new Watching.Mlflow(uri.toString(), experiment == null ? study : experiment.toString()));
  }

  private static boolean isServer(String uri) {
    try {
      URI parsed = URI.create(uri);
      String scheme = parsed.getScheme();
      return parsed.getHost() != null && ("http".equals(scheme) || "https".equals(scheme));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
