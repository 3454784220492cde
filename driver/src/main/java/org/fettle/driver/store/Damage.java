package org.fettle.driver.store;

import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * Where a journal cannot be read on.
 *
 * @param reason what is wrong with the segment
 * @param whole how many events stand before it
 * @param ended how many trials ended in those
 * @param later how many segments there are behind it
 */
record Damage(Path segment, String reason, long whole, int ended, int later) {

  /** The journal, the segment, what was saved, and how to go on. */
  StoreException exception(Optional<Throwable> cause) {
    String study = String.valueOf(segment.getParent().getParent());
    String cure =
        later == 0
            ? "Nothing was written behind it: fettle resume %s --repair puts it aside and goes on"
                    .formatted(study)
                + " from there"
            : ("There are %d segments behind it, which mean nothing without it: restore it from a"
                    + " backup or snapshot of the file system; or move it and those behind it out of"
                    + " the folder, which gives up what they tell, and go on with fettle resume %s")
                .formatted(later, study);
    String message =
        "Cannot read %s, after %d events: %s. Whole are the events before it, with the ends of %d trials. %s"
            .formatted(segment, whole, reason, ended, cure);
    return cause
        .map(each -> new StoreException(message, each))
        .orElseGet(() -> new StoreException(message));
  }
}
