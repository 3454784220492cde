/** Starts a study from what earlier studies have learned. */
@NullMarked
package org.fettle.search.suggest.warmstart;

import org.jspecify.annotations.NullMarked;
