// The page: its sections, its themes, and, where a study still runs, what is new.
const main = $('#main'), nav = $('#nav');
let table;

function section(id, title, text, ...children) {
  main.append(el('section', {id, 'aria-labelledby': id + '-title'}, el('h2', {id: id + '-title'}, title), text ? el('p', {class: 'muted'}, text) : null, ...children));
  nav.append(el('li', {}, el('a', {href: '#' + id}, title)));
}

const tile = (name, value) => el('div', {class: 'tile'}, el('span', {class: 'muted'}, name), el('b', {}, value));

function overview() {
  const counts = STATES.map((state, i) => [state, all().filter(row => row[STATE] === i).length]).filter(each => each[1]);
  const best = data.best === undefined ? null : trials[data.best];
  const last = all().reduce((latest, row) => Math.max(latest, row[END] === null ? 0 : row[END]), 0);
  const goal = data.goals[0];
  const tiles = el('div', {class: 'tiles'},
    tile('trials', all().length + (data.planned && data.planned !== all().length ? ' of ' + data.planned : '')),
    ...counts.map(([state, count]) => tile(state, String(count))),
    best ? tile('best ' + goal.name, scored(best, goal.metric)) : null,
    tile('time', duration((data.status === 'open' ? data.updated - data.created : last) / 1000)),
    data.timeline.utilisation !== undefined ? tile('slots at work', Math.round(100 * data.timeline.utilisation) + ' % of ' + data.timeline.slots) : null);
  const parts = [tiles];
  if (data.reason) parts.push(el('p', {}, 'Ended early: ' + data.reason));
  if (best) {
    parts.push(el('h3', {}, 'Best: trial ' + best[NUMBER]), ...data.hints.map(hint => el('p', {class: 'hint'}, hint)));
    const copy = el('button', {type: 'button', onclick: () => navigator.clipboard.writeText(data.fragment).then(() => { copy.textContent = 'Copied'; })}, 'Copy');
    parts.push(el('p', {class: 'muted'}, 'For a job file, in place of what is searched: ', copy), el('pre', {id: 'fragment', tabindex: 0}, data.fragment || ''));
  } else {
    parts.push(el('p', {}, all().length ? 'No trial has completed' + (data.constraints.length ? ' and kept every constraint.' : '.') : 'No trial has begun.'));
  }
  return el('div', {id: 'summary'}, ...parts);
}

function outcomes() {
  const reasons = tally(all().filter(row => row[STATE] > 2).map(row => STATES[row[STATE]] + ' · ' + (row[CODE] || '') + ' · ' + (row[REASON] || ''))).slice(0, 50);
  const pruned = tally(all().filter(row => row[STATE] === 2).map(row => 'pruned ·  · ' + (row[REASON] || '').replace(/-?\d+(\.\d+)?([eE][-+]?\d+)?/g, '#'))).slice(0, 20);
  const rows = [...reasons, ...pruned].map(([key, count]) => [count, ...key.split(' · ')]);
  if (!rows.length) return el('p', {id: 'reasons'}, all().length ? 'Every trial that ended completed.' : 'None yet.');
  return el('div', {id: 'reasons', class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Reasons'}, el('table', {},
    el('thead', {}, el('tr', {}, ...['trials', 'outcome', 'code', 'reason'].map(name => el('th', {scope: 'col'}, name)))),
    el('tbody', {}, ...rows.map(([count, state, code, ...reason]) => el('tr', {}, el('td', {class: 'number'}, String(count)), el('td', {class: 'state ' + state}, state), el('td', {}, code), el('td', {title: reason.join(' · ')}, reason.join(' · ')))))));
}

function interactions() {
  const pairs = data.analysis.length ? data.analysis[0].interactions.filter(each => each[2] >= .01) : [];
  return pairs.length ? el('p', {}, 'Together, beyond what each explains alone: ' + pairs.slice(0, 4).map(([a, b, share]) => label(a) + ' × ' + label(b) + ' ' + Math.round(share * 100) + ' %').join(', ') + ' of the variance.') : null;
}

function build() {
  section('overview', 'Overview', '', overview());
  section('history', 'History', '', historyPlot());
  if (data.goals.length > 1) section('pareto', 'Pareto front', data.pareto.length + ' trials are on the front.', paretoPlot());
  if (data.analysis.length) {
    section('importance', 'Importance', '', importancePlot(), interactions());
    section('slices', 'Slices', 'A parameter against the score: trials, and the average over all values of the others as a forest of the trials tells it.', el('div', {class: 'grid'}, ...data.analysis[0].slices.map(slice => slicePlot(slice, data.analysis[0].metric))));
    if (data.analysis[0].contours.length) section('contour', 'Contour', '', contourPlot());
  }
  if (data.parameters.length && completed().length) section('parallel', 'Parallel', '', parallelPlot());
  if (data.curves.length) section('curves', 'Learning', '', curvesPlot());
  if (data.folds.some(each => Object.values(each.scores).some(folds => folds.length > 1))) section('folds', 'Folds', '', foldsPlot());
  if (all().length) section('timeline', 'Timeline', '', timelinePlot());
  section('outcomes', 'Outcomes', '', outcomes());
  if (data.pruning.pruned) section('pruning', 'Pruning', data.pruning.summary + (data.pruning.ahead.length ? ': trials ' + data.pruning.ahead.slice(0, 20).join(', ') + (data.pruning.ahead.length > 20 ? ' …' : '') + '. To run some of them to the end tells whether pruning was too eager.' : '.'), pruningPlot());
  table = trialTable();
  section('trials', 'Trials', '', table.element);
  section('provenance', 'Provenance', 'The job with its defaults, and where the study came from.',
    el('details', {open: ''}, el('summary', {}, 'Digests, versions, cluster'), el('pre', {tabindex: 0}, JSON.stringify(data.provenance, null, 2))),
    el('details', {}, el('summary', {}, 'Job'), el('pre', {tabindex: 0}, JSON.stringify(data.job, null, 2))));
  table.update();
}

function head() {
  $('#name').textContent = data.study;
  const running = data.status === 'open';
  $('#status').textContent = running ? (document.documentElement.dataset.live !== undefined ? 'running' : 'running or cut off') : data.status;
  $('#status').style.color = css(running ? 'running' : data.status === 'done' ? 'completed' : 'failed');
}

function rebuild() {
  const open = [...document.querySelectorAll('details[open]')].map(each => each.closest('[id]').id);
  const at = scrollY, filter = $('#filter') ? $('#filter').value : '';
  plots.splice(0).forEach(plot => { watcher.unobserve(plot.canvas); if (plot.chart) plot.chart.dispose(); });
  main.replaceChildren();
  nav.replaceChildren();
  head();
  build();
  open.forEach(id => { const found = document.querySelector('#' + CSS.escape(id) + ' details'); if (found) found.open = true; });
  if (filter) { $('#filter').value = filter; $('#filter').dispatchEvent(new Event('input')); }
  scrollTo(0, at);
}

head();
build();
addEventListener('resize', () => plots.forEach(plot => { if (plot.chart) plot.chart.resize(); }));
const redraw = () => { head(); plots.forEach(refresh); };
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
$('#theme').addEventListener('click', () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  redraw();
});

// A study that runs: first what ended since, then, less often, what is reckoned from all of it.
async function follow(address) {
  const said = $('#live');
  let viewed = Date.now();
  let reckoned = data.ended;
  for (;;) {
    await new Promise(wait => setTimeout(wait, document.hidden ? 10000 : 2000));
    try {
      const answer = await fetch(address + 'changes?ended=' + data.ended, {cache: 'no-store', credentials: 'same-origin'});
      if (!answer.ok) throw new Error('status ' + answer.status);
      const changes = await answer.json();
      if (changes.study === undefined) { location.reload(); return; }
      const before = data.ended, metrics = data.metrics.length;
      const {trials: rows, ...rest} = changes;
      // Columns follow the metrics met so far: more may come behind them, and nothing between.
      if (data.metrics.some((metric, i) => metric !== rest.metrics[i])) { location.reload(); return; }
      all().forEach(row => { for (let i = metrics; i < rest.metrics.length; i++) row.push(null, null); });
      Object.assign(data, rest);
      rows.forEach(row => { trials[row[NUMBER]] = row; });
      said.textContent = 'updated ' + new Date().toLocaleTimeString();
      const over = data.status !== 'open';
      if (data.ended !== reckoned && (over || Date.now() - viewed > 15000 || before === 0 || metrics !== data.metrics.length)) {
        Object.assign(data, await (await fetch(address + 'views', {cache: 'no-store', credentials: 'same-origin'})).json());
        viewed = Date.now();
        reckoned = data.ended;
        rebuild();
      } else if (rows.length) {
        head();
        $('#summary').replaceWith(overview());
        $('#reasons').replaceWith(outcomes());
        plots.filter(plot => ['history-plot', 'pareto-plot'].includes(plot.spec.id)).forEach(refresh);
        table.update();
      }
      if (over) { rebuild(); return; }
    } catch (problem) {
      said.textContent = 'no answer since ' + new Date().toLocaleTimeString();
    }
  }
}
if (document.documentElement.dataset.live !== undefined) follow(document.documentElement.dataset.live);
