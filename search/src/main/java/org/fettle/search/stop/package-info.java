/** Rules that end a study. */
@NullMarked
package org.fettle.search.stop;

import org.jspecify.annotations.NullMarked;
