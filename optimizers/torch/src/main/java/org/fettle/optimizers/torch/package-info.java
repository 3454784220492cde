/** The engine on LibTorch. */
@NullMarked
package org.fettle.optimizers.torch;

import org.jspecify.annotations.NullMarked;
