package org.fettle.executor.run;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import org.fettle.search.study.Measurement;

/** Objectives that end in every way. */
public final class TestObjectives {

  private TestObjectives() {}

  public static final class Parabola implements Objective {
    @Override
    public Measurement evaluate(TrialContext trial) {
      double x = trial.number("x");
      trial.report(1, Measurement.of("loss", 100));
      trial.report(2, Measurement.of("loss", x * x + 1));
      return Measurement.of("loss", x * x).and("trial", trial.trial()).and("seed", trial.seed());
    }
  }

  public static final class Unchecked implements Objective {
    @Override
    public Measurement evaluate(TrialContext trial) {
      throw new IllegalStateException("first line\nsecond line");
    }
  }

  public static final class Checked implements Objective {
    @Override
    public Measurement evaluate(TrialContext trial) throws Exception {
      throw new IOException("disk is gone");
    }
  }

  public static final class Fatal implements Objective {
    @Override
    public Measurement evaluate(TrialContext trial) {
      throw new InternalError("the JVM is ill");
    }
  }

  public static final class Memory implements Objective {
    @Override
    public Measurement evaluate(TrialContext trial) {
      throw new OutOfMemoryError("Java heap space");
    }
  }

  public static final class WrappedMemory implements Objective {
    @Override
    public Measurement evaluate(TrialContext trial) throws Exception {
      throw new ExecutionException(new RuntimeException(new OutOfMemoryError("off-heap")));
    }
  }

  public static final class Overflow implements Objective {
    @Override
    public Measurement evaluate(TrialContext trial) {
      return Measurement.of("depth", depth(0));
    }

    private static long depth(long above) {
      return 1 + depth(above + 1);
    }
  }

  public static final class NotANumber implements Objective {
    @Override
    public Measurement evaluate(TrialContext trial) {
      return Measurement.of("loss", Double.NaN);
    }
  }

  public static final class Nothing implements Objective {
    @Override
    public Measurement evaluate(TrialContext trial) {
      return null;
    }
  }

  public static final class Interrupted implements Objective {
    @Override
    public Measurement evaluate(TrialContext trial) throws Exception {
      throw new InterruptedException();
    }
  }

  public static final class WrappedInterrupt implements Objective {
    @Override
    public Measurement evaluate(TrialContext trial) {
      throw new IllegalStateException(new InterruptedException("while reading"));
    }
  }

  public static final class Cancelled implements Objective {
    @Override
    public Measurement evaluate(TrialContext trial) {
      throw new CancellationException("enough");
    }
  }

  /** What an interrupt does to code that has no word for it. */
  public static final class BrokenByInterrupt implements Objective {
    @Override
    public Measurement evaluate(TrialContext trial) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the socket is gone");
    }
  }

  public static final class IgnoresInterrupt implements Objective {
    @Override
    public Measurement evaluate(TrialContext trial) {
      Thread.currentThread().interrupt();
      return Measurement.of("loss", 1);
    }
  }

  public static final class ReportsAfterInterrupt implements Objective {
    @Override
    public Measurement evaluate(TrialContext trial) {
      trial.report(1, Measurement.of("loss", 1));
      Thread.currentThread().interrupt();
      trial.report(2, Measurement.of("loss", 1));
      throw new AssertionError("must not be reached");
    }
  }

  /** Waits until it is interrupted. */
  public static final class Endless implements Objective {

    static final Semaphore BEGUN = new Semaphore(0);
    static final Semaphore INTERRUPTED = new Semaphore(0);

    @Override
    public Measurement evaluate(TrialContext trial) throws Exception {
      BEGUN.release();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        INTERRUPTED.release();
        throw e;
      }
      throw new AssertionError("must not be reached");
    }
  }

  /** An exception that cannot be printed. */
  public static final class Unprintable implements Objective {
    @Override
    public Measurement evaluate(TrialContext trial) {
      throw new IllegalStateException() {
        @Override
        public String getMessage() {
          throw new IllegalStateException("no message for you");
        }
      };
    }
  }

  public static final class ConstructorThrows implements Objective {
    public ConstructorThrows() throws IOException {
      throw new IOException("no licence");
    }

    @Override
    public Measurement evaluate(TrialContext trial) {
      throw new AssertionError("must not be reached");
    }
  }

  public static final class InitialiserThrows implements Objective {
    private static final int VALUE = Integer.parseInt("seven");

    @Override
    public Measurement evaluate(TrialContext trial) {
      return Measurement.of("loss", VALUE);
    }
  }

  public static final class NeedsParameters implements Objective {
    public NeedsParameters(int unused) {}

    @Override
    public Measurement evaluate(TrialContext trial) {
      throw new AssertionError("must not be reached");
    }
  }

  public abstract static class Unfinished implements Objective {}

  static final class Hidden implements Objective {
    public Hidden() {}

    @Override
    public Measurement evaluate(TrialContext trial) {
      throw new AssertionError("must not be reached");
    }
  }

  public static final class NoObjective {}
}
