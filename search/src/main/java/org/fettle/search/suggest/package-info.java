/** The algorithms that propose assignments; one package for each family. */
@NullMarked
package org.fettle.search.suggest;

import org.jspecify.annotations.NullMarked;
