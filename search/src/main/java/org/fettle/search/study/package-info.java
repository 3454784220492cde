/** A study and its history: trials, what was measured, how each ended. Immutable snapshots. */
@NullMarked
package org.fettle.search.study;

import org.jspecify.annotations.NullMarked;
