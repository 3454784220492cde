package org.fettle.driver.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A journal of numbered segments in a folder of any Hadoop file system. A segment holds the events
 * of one {@link #append}, a JSON object a line; it is written under a temporary name and renamed,
 * so a reader sees whole segments or none, and no file is ever appended to.
 */
public final class JournalStore implements StudyStore {

  /** Version of what is written. A reader refuses a greater one. */
  public static final int FORMAT = 1;

  private static final String SEGMENT = "%08d.jsonl";
  private static final Pattern SEGMENTS = Pattern.compile("[0-9]{8}\\.jsonl");

  private final FileSystem files;
  private final Path folder;
  private final EventJson json = new EventJson();
  private int next;

  private JournalStore(FileSystem files, Path folder, int next) {
    this.files = files;
    this.folder = files.makeQualified(folder);
    this.next = next;
  }

  /**
   * Begins a journal.
   *
   * @param folder must not exist
   */
  public static JournalStore create(Path folder, Configuration hadoop) {
    try {
      FileSystem files = folder.getFileSystem(hadoop);
      if (files.exists(folder)) {
        throw new StoreException("Cannot create journal " + folder + ": it is there already");
      }
      if (!files.mkdirs(folder)) {
        throw new IOException("the file system refused to make the folder");
      }
      return new JournalStore(files, folder, 0);
    } catch (IOException e) {
      throw new StoreException("Cannot create journal " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Opens a journal that is there. */
  public static JournalStore open(Path folder, Configuration hadoop) {
    try {
      JournalStore store = new JournalStore(folder.getFileSystem(hadoop), folder, 0);
      store.next = store.segments().size();
      return store;
    } catch (FileNotFoundException e) {
      throw new StoreException("Cannot open journal " + folder + ": there is none", e);
    } catch (IOException e) {
      throw new StoreException("Cannot open journal " + folder + ": " + e.getMessage(), e);
    }
  }

  /** The segments in order; a gap is damage. */
  private List<Path> segments() throws IOException {
    List<Path> segments =
        Arrays.stream(files.listStatus(folder))
            .map(FileStatus::getPath)
            .filter(path -> SEGMENTS.matcher(path.getName()).matches())
            .sorted(Comparator.comparing(Path::getName))
            .toList();
    for (int i = 0; i < segments.size(); i++) {
      if (!segments.get(i).equals(segment(i))) {
        throw new StoreException(
            "Cannot read journal %s: segment %s is missing, and there are later ones"
                .formatted(folder, segment(i).getName()));
      }
    }
    return segments;
  }

  private Path segment(int number) {
    return new Path(folder, SEGMENT.formatted(number));
  }

  @Override
  public void append(List<JournalEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    Path segment = segment(next);
    Path temporary = new Path(folder, "." + segment.getName() + ".tmp");
    String lines = events.stream().map(json::write).collect(Collectors.joining("\n", "", "\n"));
    try {
      // A rename may replace a file on some file systems, and fails on others.
      if (files.exists(segment)) {
        throw new StoreException(
            "Cannot write %s: it is there already; does another driver run this study?"
                .formatted(segment));
      }
      try (OutputStream out = Text.create(files, temporary)) {
        out.write(lines.getBytes(StandardCharsets.UTF_8));
      }
      if (!files.rename(temporary, segment)) {
        throw new IOException("the file system refused to rename " + temporary.getName());
      }
      next++;
    } catch (IOException e) {
      throw new StoreException("Cannot write " + segment + ": " + e.getMessage(), e);
    }
  }

  @Override
  public List<JournalEvent> read() {
    List<JournalEvent> events = new ArrayList<>();
    try {
      for (Path segment : segments()) {
        readSegment(segment, events);
      }
    } catch (IOException e) {
      throw new StoreException("Cannot read journal " + folder + ": " + e.getMessage(), e);
    }
    return events;
  }

  private void readSegment(Path segment, List<JournalEvent> events) {
    int number = 0;
    try {
      String text = Text.read(files, segment);
      for (String line : text.lines().toList()) {
        number++;
        events.add(known(json.read(line)));
      }
      if (!text.endsWith("\n")) {
        throw new IllegalArgumentException("Line must have an end, but the file stops");
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new StoreException(
          "Cannot read %s, line %d, after %d events: %s"
              .formatted(segment, number, events.size(), e.getMessage()),
          e);
    }
  }

  private JournalEvent known(JournalEvent event) {
    if (event instanceof JournalEvent.StudyCreated created && created.format() > FORMAT) {
      throw new StoreException(
          "Cannot read journal %s: its format is %d, and this Fettle knows up to %d"
              .formatted(folder, created.format(), FORMAT));
    }
    return event;
  }

  @Override
  public void close() {
    // Every append is complete when it returns.
  }
}
