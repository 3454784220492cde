package org.fettle.driver.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.fettle.driver.job.Evaluation;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.job.Problems;
import org.fettle.optimizers.network.FileTemplateProvider;
import org.fettle.optimizers.network.NetworkTemplateProvider;
import org.fettle.search.settings.Providers;

/** Reads the file that a job's model names, so that no task has to reach it. */
public final class ModelFiles {

  private static final String KEY = "model." + FileTemplateProvider.FILE;

  /** It travels in every task. */
  private static final int LARGEST = 32 << 20;

  private ModelFiles() {}

  /** The job with what its file says; empty after adding what is wrong. */
  public static Optional<JobSpec> read(
      JobSpec job, Configuration configuration, Problems problems) {
    if (!(job.evaluation() instanceof Evaluation.Network network)
        // A model that is a choice holds none that takes a file.
        || !(Providers.named(NetworkTemplateProvider.class, network.templates().get(0))
            instanceof FileTemplateProvider template)) {
      return Optional.of(job);
    }
    String file = network.file().orElseThrow();
    try {
      Path path = new Path(file);
      FileSystem files = path.getFileSystem(configuration);
      if (!files.exists(path) || files.getFileStatus(path).isDirectory()) {
        problems.add(KEY, file, "must be a file that exists");
        return Optional.empty();
      }
      if (files.getFileStatus(path).getLen() > LARGEST) {
        problems.add(KEY, file, "must be at most 32 MiB, since it travels in every task");
        return Optional.empty();
      }
      try (InputStream in = files.open(path)) {
        return Optional.of(job.withModelFile(template.read(in.readAllBytes())));
      }
    } catch (IOException e) {
      problems.add(KEY, "Cannot read " + file + ": " + e.getMessage());
    } catch (IllegalArgumentException e) {
      problems.add(KEY, file + ": " + e.getMessage());
    }
    return Optional.empty();
  }
}
