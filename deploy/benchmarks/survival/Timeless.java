import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.StudyFolder;

/** Prints what happened to a study's trials, without times; or with {@code --size} its bytes. */
public final class Timeless {

  private Timeless() {}

  public static void main(String[] args) throws Exception {
    Configuration hadoop = new Configuration();
    if (args[0].equals("--size")) {
      Path folder = new Path(args[1]);
      System.out.println(folder.getFileSystem(hadoop).getContentSummary(folder).getLength());
      return;
    }
    StudyFolder.at(args[0], hadoop).readJournal(Timeless::print);
  }

  private static void print(JournalEvent event) {
    if (event instanceof JournalEvent.TrialStarted started) {
      System.out.println("started " + started.trial() + " " + started.assignment());
    } else if (event instanceof JournalEvent.FoldEnded fold) {
      System.out.println("fold " + fold.trial() + " " + fold.fold() + " " + fold.measurement());
    } else if (event instanceof JournalEvent.TrialEnded ended) {
      System.out.println("ended " + ended.trial() + " " + ended.outcome());
    }
  }
}
