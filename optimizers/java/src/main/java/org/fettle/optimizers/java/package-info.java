/** The engine on plain arrays and OpenBLAS. */
@NullMarked
package org.fettle.optimizers.java;

import org.jspecify.annotations.NullMarked;
