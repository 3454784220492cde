/** What a history shows: fronts, curves, and which parameters mattered. */
@NullMarked
package org.fettle.search.analysis;

import org.jspecify.annotations.NullMarked;
