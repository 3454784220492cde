/** Rules that stop a running trial which is unlikely to become the best. */
@NullMarked
package org.fettle.search.prune;

import org.jspecify.annotations.NullMarked;
