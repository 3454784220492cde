/** Picks the suggester that suits the study. */
@NullMarked
package org.fettle.search.suggest.auto;

import org.jspecify.annotations.NullMarked;
