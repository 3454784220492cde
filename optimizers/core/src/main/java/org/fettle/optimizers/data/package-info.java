/** What is trained on: examples, what is to be learnt from them, and how they were scaled. */
@NullMarked
package org.fettle.optimizers.data;

import org.jspecify.annotations.NullMarked;
