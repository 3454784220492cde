package org.fettle.driver.store;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A study's folder on any Hadoop file system: {@code <output>/<study>}. Each file appears whole or
 * not at all.
 */
public final class StudyFolder {

  /** The frozen job and where it came from. */
  public static final String STUDY = "study.json";

  /** Written last. */
  public static final String RESULT = "result.json";

  /** Which runs each row validates. */
  public static final String FOLDS = "folds.csv";

  public static final String TRIALS = "trials.parquet";
  public static final String MODEL = "model";

  /** The page for people. */
  public static final String REPORT = "report.html";

  /** Event files for TensorBoard. */
  public static final String TENSORBOARD = "tensorboard";

  private static final String JOURNAL = "journal";

  private static final TypeReference<LinkedHashMap<String, Object>> MAP = new TypeReference<>() {};
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Configuration hadoop;
  private final FileSystem files;
  private final Path folder;

  private StudyFolder(Configuration hadoop, FileSystem files, Path folder) {
    this.hadoop = hadoop;
    this.files = files;
    this.folder = folder;
  }

  /**
   * The folder of a URI; a path without a scheme is on the default file system. Touches nothing.
   *
   * @throws StoreException if there is no such file system, or it cannot be reached
   */
  public static StudyFolder at(String uri, Configuration hadoop) {
    try {
      Path path = new Path(uri);
      FileSystem files = path.getFileSystem(hadoop);
      return new StudyFolder(hadoop, files, files.makeQualified(path));
    } catch (IOException | IllegalArgumentException e) {
      throw new StoreException("Cannot reach " + uri + ": " + e.getMessage(), e);
    }
  }

  public String uri() {
    return folder.toString();
  }

  /** The URI of something in the folder. */
  public String uri(String name) {
    return new Path(folder, name).toString();
  }

  /** Whether a study is, or was, here. */
  public boolean holdsStudy() {
    return exists(JOURNAL);
  }

  /** Whether something of that name is in the folder. */
  public boolean exists(String name) {
    try {
      return files.exists(new Path(folder, name));
    } catch (IOException e) {
      throw new StoreException("Cannot look into " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Begins the study's journal. */
  public JournalStore createJournal() {
    return JournalStore.create(new Path(folder, JOURNAL), hadoop);
  }

  /** Opens the study's journal. */
  public JournalStore openJournal() {
    if (!holdsStudy()) {
      throw new StoreException("Cannot open " + folder + ": there is no study");
    }
    return JournalStore.open(new Path(folder, JOURNAL), hadoop);
  }

  /** Deletes everything that Fettle writes here, and nothing else. */
  public void clear() {
    try {
      for (String name :
          new String[] {RESULT, REPORT, TENSORBOARD, TRIALS, MODEL, FOLDS, STUDY, JOURNAL}) {
        files.delete(new Path(folder, name), true);
      }
    } catch (IOException e) {
      throw new StoreException("Cannot delete the study in " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Writes plain data as JSON. */
  public void writeJson(String name, Map<String, ?> content) {
    try {
      write(name, (JSON.writeValueAsString(content) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new StoreException("Cannot write " + uri(name) + ": " + e.getMessage(), e);
    }
  }

  /** Reads plain data from JSON. */
  public Map<String, Object> readJson(String name) {
    Path path = new Path(folder, name);
    try {
      return JSON.readValue(Text.read(files, path), MAP);
    } catch (IOException e) {
      throw new StoreException("Cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  /** Writes a file, making the folders above it. */
  public void write(String name, byte[] content) {
    Path path = new Path(folder, name);
    try {
      files.mkdirs(path.getParent());
      Text.write(files, path, content);
    } catch (IOException e) {
      throw new StoreException("Cannot write " + path + ": " + e.getMessage(), e);
    }
  }
}
