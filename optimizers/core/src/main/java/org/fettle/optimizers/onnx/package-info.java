/** Networks as files of ONNX, the Open Neural Network Exchange. */
@NullMarked
package org.fettle.optimizers.onnx;

import org.jspecify.annotations.NullMarked;
