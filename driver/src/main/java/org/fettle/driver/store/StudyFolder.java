package org.fettle.driver.store;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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

  /** What the search learnt of earlier studies, as it was. */
  public static final String EARLIER = "warm-start";

  /** What runs in flight leave, to go on from. */
  public static final String CHECKPOINTS = "checkpoints";

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
    if (!Secrets.masked(uri).equals(uri)) {
      throw new StoreException(
          "Cannot reach %s: a URI must not hold a password; give it in Hadoop's configuration"
              .formatted(Secrets.masked(uri)));
    }
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
    try {
      return JournalReader.any(files, new Path(folder, JOURNAL));
    } catch (IOException e) {
      throw new StoreException("Cannot look into " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Whether something of that name is in the folder. */
  public boolean exists(String name) {
    try {
      return files.exists(new Path(folder, name));
    } catch (IOException e) {
      throw new StoreException("Cannot look into " + folder + ": " + e.getMessage(), e);
    }
  }

  /**
   * Takes the study's journal, or begins one; may wait to see whether another driver is dead.
   *
   * @param say is told what is waited for, now and later
   * @throws StoreException if another driver has the study, or the folder cannot be written
   * @throws InterruptedException if the thread is interrupted in waiting
   */
  public JournalStore claimJournal(Holder holder, Consumer<String> say)
      throws InterruptedException {
    return JournalStore.claim(new Path(folder, JOURNAL), hadoop, holder, say);
  }

  /**
   * Reads the study's journal, whether it is written meanwhile or not.
   *
   * @throws StoreException if there is none, or it is damaged
   */
  public void readJournal(Consumer<JournalEvent> sink) {
    if (!holdsStudy()) {
      throw new StoreException("Cannot open " + folder + ": there is no study");
    }
    try {
      JournalReader.read(files, new Path(folder, JOURNAL), sink);
    } catch (IOException e) {
      throw new StoreException("Cannot read journal of " + folder + ": " + e.getMessage(), e);
    }
  }

  /** All events of the study's journal in order. */
  public List<JournalEvent> events() {
    List<JournalEvent> events = new ArrayList<>();
    readJournal(events::add);
    return events;
  }

  /** SHA-256 in hexadecimal of events as they are written. */
  public static String digest(List<JournalEvent> events) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(Segment.of(0, 1, events).body());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("Every JDK has SHA-256", impossible);
    }
  }

  /** Writes a journal in one piece, of a study that nobody runs. */
  public void writeJournal(List<JournalEvent> events) {
    Path journal = new Path(folder, JOURNAL);
    try {
      files.mkdirs(journal);
      Segment segment = Segment.of(0, 1, events);
      Text.write(files, new Path(journal, segment.name().file()), segment.bytes());
    } catch (IOException e) {
      throw new StoreException("Cannot write " + journal + ": " + e.getMessage(), e);
    }
  }

  /** Who runs the study or did last; empty where no driver ever did, or only one of format 1. */
  public Optional<Presence> presence() {
    Path journal = new Path(folder, JOURNAL);
    try {
      return Lease.last(files, journal, Lease.last(files, journal))
          .map(
              state ->
                  new Presence(
                      state.holder().words(),
                      state.beat(),
                      state.released(),
                      StoreTimes.of(hadoop).lease()));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StoreException("Cannot look into " + journal + ": " + e.getMessage(), e);
    }
  }

  /**
   * Deletes everything that Fettle writes here, and nothing else. What says who had the study
   * stays.
   *
   * @param journal of this study, which is written from its beginning then
   */
  public void clear(JournalStore journal) {
    try {
      for (String name :
          new String[] {
            RESULT, REPORT, TENSORBOARD, TRIALS, MODEL, CHECKPOINTS, FOLDS, STUDY, EARLIER
          }) {
        files.delete(new Path(folder, name), true);
      }
      journal.clear();
    } catch (IOException e) {
      throw new StoreException("Cannot delete the study in " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Deletes something in the folder, if it is there. */
  public void delete(String name) {
    try {
      files.delete(new Path(folder, name), true);
    } catch (IOException e) {
      throw new StoreException("Cannot delete " + uri(name) + ": " + e.getMessage(), e);
    }
  }

  /** A folder in this one that holds a study. */
  public StudyFolder below(String name) {
    return new StudyFolder(hadoop, files, new Path(folder, name));
  }

  /** Gives something another name, in the place of what has that. */
  public void replace(String name, String by) {
    Path path = new Path(folder, name);
    try {
      files.delete(path, true);
      if (!files.rename(new Path(folder, by), path)) {
        throw new IOException("the file system refused to rename " + by);
      }
    } catch (IOException e) {
      throw new StoreException("Cannot write " + path + ": " + e.getMessage(), e);
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

  /** Writes a file anywhere, making the folders above it. */
  public static void writeFile(String uri, byte[] content, Configuration hadoop) {
    Path path = new Path(uri);
    Path parent = path.getParent() == null ? new Path(".") : path.getParent();
    at(parent.toString(), hadoop).write(path.getName(), content);
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
