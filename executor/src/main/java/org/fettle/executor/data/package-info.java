/** The study's data on an executor: the table, its folds, and what is fitted on training rows. */
@NullMarked
package org.fettle.executor.data;

import org.jspecify.annotations.NullMarked;
