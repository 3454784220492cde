/** The tree-structured Parzen estimator. */
@NullMarked
package org.fettle.search.suggest.tpe;

import org.jspecify.annotations.NullMarked;
