// All trials, sorted and filtered. Only the rows in view are in the page.
function trialTable() {
  const HEIGHT = 28, MARGIN = 12;
  const columns = [
    {name: 'trial', at: row => row[NUMBER], number: true},
    {name: 'state', at: row => STATES[row[STATE]]},
    ...data.metrics.map(metric => ({name: metric, at: row => score(row, metric), number: true, text: row => scored(row, metric)})),
    ...data.parameters.map((each, i) => ({name: each.label, at: row => row[VALUES + i], number: !each.choices})),
    {name: 'seconds', at: row => row[SECONDS], number: true},
    {name: 'origin', at: row => row[ORIGIN]},
    {name: 'reason', at: row => row[REASON] === null ? null : (row[CODE] ? row[CODE] + ': ' : '') + row[REASON]},
  ];
  const sort = {column: 0, down: false};
  const shown = {states: new Set(STATES), filter: '', rows: []};
  const text = (column, row) => column.text ? column.text(row) : brief(column.at(row));

  // "accuracy>0.9 kind=flat failed": comparisons by column, and words anywhere in the row.
  function test(term) {
    const parts = /^(.+?)(<=|>=|=|<|>)(.+)$/.exec(term);
    const column = parts && columns.find(each => each.name.toLowerCase() === parts[1].toLowerCase());
    if (!column) return row => columns.some(each => { const value = each.at(row); return value !== null && String(value).toLowerCase().includes(term.toLowerCase()); });
    const wanted = Number(parts[3]);
    return row => {
      const value = column.at(row);
      if (value === null) return false;
      if (parts[2] === '=') return String(value).toLowerCase() === parts[3].toLowerCase() || value === wanted;
      return {'<': value < wanted, '>': value > wanted, '<=': value <= wanted, '>=': value >= wanted}[parts[2]];
    };
  }

  function update() {
    const tests = shown.filter.trim().split(/\s+/).filter(each => each).map(test);
    const {at} = columns[sort.column];
    const sign = sort.down ? -1 : 1;
    shown.rows = all().filter(row => shown.states.has(STATES[row[STATE]]) && tests.every(each => each(row)))
      .map(row => [at(row), row])
      .sort(([a, one], [b, other]) => a === null || b === null ? (a === null) - (b === null) || one[NUMBER] - other[NUMBER]
        : sign * (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b))) || one[NUMBER] - other[NUMBER])
      .map(pair => pair[1]);
    count.textContent = shown.rows.length + ' of ' + all().length + ' trials';
    grid.setAttribute('aria-rowcount', shown.rows.length + 1);
    heads.forEach((head, i) => head.setAttribute('aria-sort', i === sort.column ? (sort.down ? 'descending' : 'ascending') : 'none'));
    heads.forEach((head, i) => { head.firstChild.textContent = columns[i].name + (i === sort.column ? (sort.down ? ' ▾' : ' ▴') : ''); });
    render(true);
  }

  let first = -1;
  function render(force) {
    const from = Math.max(0, Math.floor(box.scrollTop / HEIGHT) - MARGIN);
    if (!force && Math.abs(from - first) < MARGIN / 2) return;
    first = from;
    const to = Math.min(shown.rows.length, from + Math.ceil(box.clientHeight / HEIGHT) + 2 * MARGIN);
    const space = rows => el('tr', {'aria-hidden': 'true', style: 'height:' + rows * HEIGHT + 'px'});
    body.replaceChildren(space(from), ...shown.rows.slice(from, to).map((row, i) => el('tr', {'aria-rowindex': from + i + 2, 'data-trial': row[NUMBER], onclick: () => showTrial(row[NUMBER])},
      ...columns.map((column, k) => k === 0
        ? el('td', {class: 'number'}, el('button', {type: 'button', 'aria-label': 'Trial ' + row[NUMBER]}, String(row[NUMBER])))
        : el('td', {class: (column.number ? 'number ' : '') + (k === 1 ? 'state ' + STATES[row[STATE]] : ''), title: text(column, row).length > 40 ? text(column, row) : null}, text(column, row))))), space(shown.rows.length - to));
  }

  const heads = columns.map((column, i) => el('th', {scope: 'col', class: column.number ? 'number' : ''}, el('button', {type: 'button', onclick: () => { sort.down = sort.column === i ? !sort.down : false; sort.column = i; update(); }}, column.name)));
  const body = el('tbody');
  const grid = el('table', {'aria-label': 'Trials'}, el('thead', {}, el('tr', {}, ...heads)), body);
  const box = el('div', {id: 'table', tabindex: 0, role: 'region', 'aria-label': 'Trials', onscroll: () => requestAnimationFrame(() => render(false))}, grid);
  const count = el('output', {id: 'count', 'aria-live': 'polite'});
  let waiting;
  const filter = el('input', {type: 'search', id: 'filter', 'aria-label': 'Filter trials', placeholder: 'Filter: words, or ' + data.goals[0].metric + (data.goals[0].maximize ? '>' : '<') + '0.5, or origin=random', oninput: () => { clearTimeout(waiting); waiting = setTimeout(() => { shown.filter = filter.value; box.scrollTop = 0; update(); }, 80); }});
  const states = STATES.map(state => checkbox(state, true, on => { shown.states[on ? 'add' : 'delete'](state); update(); }));
  return {element: el('div', {}, el('div', {class: 'controls'}, filter, ...states, count), box), update};
}

function showTrial(number) {
  const row = trials[number];
  const folds = data.folds.find(each => each.trial === number);
  const pairs = [['state', STATES[row[STATE]]], ['origin', row[ORIGIN]], ['begun', duration(row[START] / 1000) + ' after the study'], ['took', row[END] === null ? 'still running' : duration((row[END] - row[START]) / 1000)], ['work', duration(row[SECONDS])]];
  if (row[CODE]) pairs.push(['code', row[CODE]]);
  if (row[REASON]) pairs.push(['reason', row[REASON]]);
  data.metrics.forEach(metric => { if (score(row, metric) !== null) pairs.push([metric, scored(row, metric) + (folds && folds.scores[metric] ? ' (folds ' + folds.scores[metric].map(brief).join(', ') + ')' : '')]); });
  const assigned = data.parameters.map((each, i) => [each.name, row[VALUES + i]]).filter(pair => pair[1] !== null).map(([name, value]) => [name, String(value)]);
  const list = entries => el('dl', {}, ...entries.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]));
  const dialog = $('#details');
  dialog.replaceChildren(el('h2', {id: 'details-title'}, 'Trial ' + number + (number === data.best ? ', the best' : '')), list(pairs), el('h3', {}, 'Assignment'), list(assigned), el('form', {method: 'dialog'}, el('button', {}, 'Close')));
  if (!dialog.open) dialog.showModal();
}
