/** A study's final model in a program of one's own. */
@NullMarked
package org.fettle.executor.model;

import org.jspecify.annotations.NullMarked;
