/** Evaluates one run: a network on a fold, or the user's objective. */
@NullMarked
package org.fettle.executor.run;

import org.jspecify.annotations.NullMarked;
