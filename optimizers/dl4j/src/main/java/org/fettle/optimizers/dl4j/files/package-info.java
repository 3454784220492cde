/** Networks of users' files: configurations of Deeplearning4j and models of Keras. */
@NullMarked
package org.fettle.optimizers.dl4j.files;

import org.jspecify.annotations.NullMarked;
