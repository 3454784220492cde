package org.fettle.driver.study;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.fettle.search.study.History;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.Suggestion;

/**
 * Asks a suggester on another thread, for one trial after the other, each by the history as it was
 * when the asking began and the trials suggested since. What was suggested waits here to be
 * started. For the loop's thread.
 */
final class Suggesting {

  /**
   * A suggestion that was made.
   *
   * @param ask which asking it belongs to
   * @param suggestion empty where there is none before another trial ends
   */
  record Made(int ask, Optional<Suggestion> suggestion) {}

  /** A slot that waits for less than this part of a trial's time is not worth a result unknown. */
  private static final int WORTH = 50;

  private final Suggester suggester;
  private final Aside aside;
  private final InstantSource clock;
  private final Consumer<LoopEvent> loop;
  private final Deque<Suggestion> ready = new ArrayDeque<>();
  private final AtomicInteger ask = new AtomicInteger();
  private int awaited;
  private int knownEvents;
  private int knownEnds;
  private Instant since = Instant.MIN;
  private Duration latest = Duration.ZERO;

  /**
   * A way to suggestions.
   *
   * @param loop hears of each, or of what the suggester throws, on any thread
   */
  Suggesting(Suggester suggester, Aside aside, InstantSource clock, Consumer<LoopEvent> loop) {
    this.suggester = suggester;
    this.aside = aside;
    this.clock = clock;
    this.loop = loop;
  }

  /** Whether suggestions are being made. */
  boolean isPending() {
    return awaited > 0;
  }

  /**
   * Asks for so many suggestions. None may be pending.
   *
   * @param events how many there were so far, for {@link #knownEvents}
   */
  void ask(History history, int events, int count) {
    int number = ask.incrementAndGet();
    awaited = count;
    knownEvents = events;
    knownEnds = history.ended().size();
    since = clock.instant();
    aside.compute(
        () -> {
          try {
            make(number, history, count);
          } catch (Throwable e) {
            loop.accept(new LoopEvent.SuggesterThrew(e));
          }
        });
  }

  private void make(int number, History history, int count) {
    History extended = history;
    for (int i = 0; i < count && ask.get() == number; i++) {
      List<Suggestion> suggestions = suggester.suggest(extended, 1);
      if (suggestions.isEmpty()) {
        loop.accept(new LoopEvent.Suggested(new Made(number, Optional.empty())));
        return;
      }
      Suggestion suggestion = suggestions.get(0);
      loop.accept(new LoopEvent.Suggested(new Made(number, Optional.of(suggestion))));
      extended = suggestion.startedIn(extended);
    }
  }

  /** Takes note of what was made. Returns false where there is no more to be had. */
  boolean made(Made made) {
    if (made.ask() != ask.get()) {
      return true;
    }
    Instant now = clock.instant();
    latest = Duration.between(since, now);
    since = now;
    awaited--;
    made.suggestion().ifPresentOrElse(ready::add, () -> awaited = 0);
    return made.suggestion().isPresent();
  }

  /** Whether a suggestion waits. */
  boolean isReady() {
    return !ready.isEmpty();
  }

  /** The next suggestion that waits. */
  Suggestion take() {
    return ready.remove();
  }

  /** How many events the suggestions at hand know of. */
  int knownEvents() {
    return knownEvents;
  }

  /** Whether no trial has ended since the last asking. */
  boolean knowsEndsOf(History history) {
    return history.ended().size() == knownEnds;
  }

  /** Forgets suggestions that still wait although more trials have ended. */
  void forgetOutdated(History history) {
    if (!ready.isEmpty() && history.ended().size() > knownEnds) {
      ask.incrementAndGet();
      awaited = 0;
      ready.clear();
    }
  }

  /** Whether none is made and none waits. */
  boolean isIdle() {
    return awaited == 0 && ready.isEmpty();
  }

  /** Whether a slot that waits for a suggestion would lose a good part of a trial's time. */
  boolean isSlowFor(Duration trial) {
    return latest.multipliedBy(WORTH).compareTo(trial) > 0;
  }
}
