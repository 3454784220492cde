/** Numerical kernels over primitive arrays; they know no study types. */
@NullMarked
package org.fettle.search.numeric;

import org.jspecify.annotations.NullMarked;
