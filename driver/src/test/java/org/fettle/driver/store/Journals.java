package org.fettle.driver.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Journals of a test, whose drivers are short of patience. */
final class Journals {

  final Configuration hadoop = new Configuration();
  final List<String> said = new ArrayList<>();
  private final org.apache.hadoop.fs.Path folder;

  Journals(Path folder) {
    this("file:" + folder);
  }

  Journals(String folder) {
    this.folder = new org.apache.hadoop.fs.Path(folder);
    hadoop.set("fettle.lease.time", "600ms");
    hadoop.set("fettle.lease.settle", "100ms");
    hadoop.set("fettle.store.patience", "5s");
    hadoop.set("fs.object.impl", ObjectStore.class.getName());
  }

  static Holder holder(String host, String application, int attempt) {
    return new Holder(
        "ada", host, "machine", 4711, "", application, attempt, Instant.EPOCH, host + attempt);
  }

  /** The journal in the hands of a driver; an earlier one has to have let it go. */
  JournalStore claim(Holder holder) {
    try {
      return JournalStore.claim(folder, hadoop, holder, said::add);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  JournalStore claim(String host) {
    return claim(holder(host, "", 0));
  }

  /** A driver that has read what there is. */
  JournalStore open(String host) {
    JournalStore store = claim(host);
    store.read();
    return store;
  }

  List<JournalEvent> read() {
    List<JournalEvent> events = new ArrayList<>();
    try {
      JournalReader.read(folder.getFileSystem(hadoop), folder, events::add);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
    return events;
  }
}
