// Plots. Each is drawn when it comes into view, and has its numbers in a table behind it.
const plots = [];
const css = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
const tone = state => css(STATES[state]);
const SYMBOLS = ['emptyCircle', 'circle', 'triangle', 'diamond', 'rect'];

function base(option) {
  const text = {color: css('text'), fontFamily: 'inherit'};
  const axis = each => ({
    nameLocation: 'middle', nameGap: 28, nameTextStyle: {color: css('muted')},
    axisLine: {lineStyle: {color: css('muted')}}, axisLabel: {color: css('muted'), hideOverlap: true},
    splitLine: {lineStyle: {color: css('line'), opacity: .6}}, ...each,
  });
  const axes = (one, gap) => one && [].concat(one).map(each => axis({nameGap: gap, ...each}));
  return {
    animation: false, textStyle: text, backgroundColor: 'transparent',
    grid: {left: 62, right: 16, top: 34, bottom: 46, ...option.grid},
    ...option,
    ...(Array.isArray(option.grid) ? {grid: option.grid} : {}),
    xAxis: axes(option.xAxis, 28), yAxis: axes(option.yAxis, 48),
    legend: option.legend ? {textStyle: {color: css('text')}, top: 0, type: 'scroll', itemWidth: 14, itemHeight: 10, pageTextStyle: text, ...option.legend} : undefined,
    tooltip: {confine: true, backgroundColor: css('back'), borderColor: css('line'), textStyle: {color: css('text'), fontSize: 12}, ...option.tooltip},
  };
}

function figure(spec) {
  const canvas = el('div', {class: 'plot' + (spec.tall ? ' tall' : ''), role: 'img', 'aria-label': spec.title + '. ' + spec.text});
  const rows = el('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': spec.title + ', numbers'});
  const behind = el('details', {}, el('summary', {}, 'Numbers'), rows);
  const controls = spec.controls ? el('div', {class: 'controls'}, ...spec.controls(() => refresh(plot))) : null;
  const box = el('figure', {id: spec.id}, el('h3', {}, spec.title), controls, canvas, el('figcaption', {}, spec.text), behind);
  const plot = {spec, canvas, rows, behind, chart: null, visible: false, stale: true};
  canvas.plot = plot;
  behind.addEventListener('toggle', () => fillTable(plot));
  plots.push(plot);
  watcher.observe(canvas);
  return box;
}

const watcher = new IntersectionObserver(entries => entries.forEach(entry => {
  const plot = entry.target.plot;
  plot.visible = entry.isIntersecting;
  if (plot.visible && plot.stale) draw(plot);
}), {rootMargin: '400px'});

function draw(plot) {
  plot.stale = false;
  if (!plot.chart) {
    plot.chart = echarts.init(plot.canvas, null, {renderer: 'canvas'});
    plot.chart.on('click', event => { if (event.data && event.data.trial !== undefined) showTrial(event.data.trial); });
  }
  const option = plot.spec.option();
  plot.chart.setOption(option ? base(option) : {title: {text: 'Nothing to show yet', left: 'center', top: 'middle', textStyle: {color: css('muted'), fontSize: 13, fontWeight: 'normal'}}}, true);
  plot.canvas.dataset.drawn = 'true';
  fillTable(plot);
}

function fillTable(plot) {
  if (!plot.behind.open) return;
  const {head, rows} = plot.spec.table();
  const shown = rows.slice(0, 500);
  plot.rows.replaceChildren(el('table', {},
    el('thead', {}, el('tr', {}, ...head.map(name => el('th', {scope: 'col'}, name)))),
    el('tbody', {}, ...shown.map(row => el('tr', {}, ...row.map(cell => el('td', typeof cell === 'number' ? {class: 'number'} : {}, brief(cell))))))),
    rows.length > shown.length ? el('p', {class: 'muted'}, 'The first ' + shown.length + ' of ' + rows.length + ' rows.') : '');
}

function refresh(plot) {
  plot.stale = true;
  if (plot.visible) draw(plot);
  else fillTable(plot);
}

function select(label, options, change) {
  const list = el('select', {'aria-label': label, onchange: () => change(list.value)}, ...options.map(([value, text]) => el('option', {value}, text)));
  return el('label', {}, label + ' ', list);
}

function checkbox(label, on, change) {
  const box = el('input', {type: 'checkbox', onchange: () => change(box.checked)});
  box.checked = on;
  return el('label', {}, box, ' ' + label);
}

const point = (row, x, y) => ({value: [x, y], trial: row[NUMBER]});
const ofTrial = event => event.data && event.data.trial !== undefined ? tooltipOf(trials[event.data.trial]) : escaped(event.name || '');

function historyPlot() {
  const chosen = {goal: data.goals[0], focus: true};
  const name = () => chosen.goal.name;
  const rows = () => all().filter(row => score(row, chosen.goal.metric) !== null);
  function best() {
    const line = [];
    let least = null;
    rows().filter(row => row[STATE] === 1 && feasible(row)).sort((a, b) => a[END] - b[END]).forEach(row => {
      const value = score(row, chosen.goal.metric);
      if (least === null || better(chosen.goal, value, least)) { least = value; line.push([row[NUMBER], value]); }
    });
    line.sort((a, b) => a[0] - b[0]);
    const rising = [];
    line.forEach(each => { if (!rising.length || better(chosen.goal, each[1], rising[rising.length - 1][1])) rising.push(each); });
    if (rising.length) rising.push([trials.length - 1, rising[rising.length - 1][1]]);
    return rising;
  }
  function range() {
    const values = rows().map(row => score(row, chosen.goal.metric)).sort((a, b) => a - b);
    if (!chosen.focus || values.length < 8) return {};
    const middle = quantile(values, .75) - quantile(values, .25);
    const low = quantile(values, .25) - 2.5 * middle, high = quantile(values, .75) + 2.5 * middle;
    const tidy = value => Number(value.toPrecision(3));
    return chosen.goal.maximize ? (values[0] < low ? {min: tidy(low)} : {}) : (values[values.length - 1] > high ? {max: tidy(high)} : {});
  }
  return figure({
    id: 'history-plot', title: 'Scores by trial', tall: true,
    text: 'Each trial’s score, and the best so far. What was pruned has the score that it had then.',
    controls: again => [
      data.goals.length > 1 ? select('Goal', data.goals.map((each, i) => [i, each.name]), i => { chosen.goal = data.goals[i]; again(); }) : null,
      checkbox('leave out the worst', true, on => { chosen.focus = on; again(); }),
    ].filter(each => each),
    option: () => !rows().length ? null : ({
      tooltip: {formatter: ofTrial}, legend: {},
      xAxis: {type: 'value', name: 'trial', min: 0, max: Math.max(1, trials.length - 1), minInterval: 1},
      yAxis: {type: 'value', name: name(), scale: true, ...range()},
      dataZoom: [{type: 'inside', filterMode: 'none'}],
      series: STATES.map((state, i) => ({
        name: state, type: 'scatter', symbol: SYMBOLS[i], symbolSize: trials.length > 3000 ? 3 : 7, itemStyle: {color: tone(i), opacity: .75}, clip: true,
        data: rows().filter(row => row[STATE] === i).map(row => point(row, row[NUMBER], score(row, chosen.goal.metric))),
      })).filter(each => each.data.length).concat({name: 'best so far', type: 'line', silent: true, step: 'end', showSymbol: false, lineStyle: {color: css('best'), width: 2}, itemStyle: {color: css('best')}, data: best()}),
    }),
    table: () => ({head: ['trial', 'state', ...data.goals.map(each => each.name)], rows: rows().map(row => [row[NUMBER], STATES[row[STATE]], ...data.goals.map(each => score(row, each.metric))])}),
  });
}

const analysed = goal => data.analysis.find(each => each.metric === goal);
const goalSelect = change => data.analysis.length > 1 ? [select('Goal', data.analysis.map(each => [each.metric, each.metric]), change)] : [];

function importancePlot() {
  let goal = data.goals[0].metric;
  const shares = () => { const found = analysed(goal); return found ? found.importance.slice(0, 20) : []; };
  const variance = name => { const found = analysed(goal).variance.find(each => each[0] === name); return found ? found[1] : 0; };
  return figure({
    id: 'importance-plot', title: 'What mattered', tall: true,
    text: 'How far the best tenth of the trials has other values of a parameter than all trials (PED-ANOVA), and how much of the score’s variance over the space the parameter explains alone (functional ANOVA).',
    controls: again => goalSelect(value => { goal = value; again(); }),
    option: () => !shares().length ? null : ({
      tooltip: {trigger: 'axis', axisPointer: {type: 'shadow'}, valueFormatter: value => Math.round(value * 100) + ' %'}, legend: {},
      grid: {left: 8, right: 24, top: 34, bottom: 30, containLabel: true},
      xAxis: {type: 'value', axisLabel: {formatter: value => Math.round(value * 100) + ' %', color: css('muted')}},
      yAxis: {type: 'category', inverse: true, data: shares().map(each => label(each[0])), axisLabel: {width: 150, overflow: 'truncate', color: css('text')}},
      series: [
        {name: 'sets the best apart', type: 'bar', itemStyle: {color: css('completed')}, data: shares().map(each => each[1])},
        {name: 'share of the variance', type: 'bar', itemStyle: {color: css('pruned')}, data: shares().map(each => variance(each[0]))},
      ],
    }),
    table: () => ({head: ['parameter', 'sets the best apart', 'share of the variance'], rows: shares().map(each => [each[0], each[1], variance(each[0])])}),
  });
}

function label(name) { const found = parameter(name); return found ? found.label : name; }

function axisOf(name) {
  const each = parameter(name);
  const shown = {name: each.label};
  if (each.choices) return {type: 'category', data: each.choices.map(String), ...shown, axisLabel: {color: css('muted'), width: 90, overflow: 'truncate', hideOverlap: true}};
  return {type: each.log ? 'log' : 'value', min: each.low, max: each.high, ...(each.kind === 'int' && !each.log ? {minInterval: 1} : {}), ...shown, axisLabel: {color: css('muted'), hideOverlap: true, formatter: brief}};
}

const place = (name, value) => { const each = parameter(name); return each.choices ? each.choices.findIndex(choice => choice === value) : value; };

function slicePlot(slice, goal) {
  const name = slice.parameters[0];
  const rows = () => sampled(completed().filter(row => row[parameterColumn(name)] !== null && score(row, goal) !== null), 1500);
  const line = slice.values[0].map((value, i) => [place(name, value), slice.means[i][0], slice.deviations[i][0]]);
  const values = () => rows().map(row => score(row, goal)).concat(line.map(each => each[1])).sort((a, b) => a - b);
  return figure({
    id: 'slice-' + data.parameters.findIndex(each => each.name === name), title: label(name),
    text: parameter(name).summary + (parameter(name).when ? '; only where ' + parameter(name).when : ''),
    option: () => !rows().length ? null : ({
      tooltip: {formatter: ofTrial}, xAxis: {...axisOf(name), name: undefined},
      yAxis: {type: 'value', name: goal, scale: true, min: tidied(quantile(values(), .02), -1), max: tidied(quantile(values(), .98), 1)},
      grid: {top: 14, bottom: 30},
      series: [
        {type: 'scatter', symbolSize: rows().length > 400 ? 3 : 5, itemStyle: {color: css('completed'), opacity: .45}, data: rows().map(row => point(row, place(name, row[parameterColumn(name)]), score(row, goal)))},
        {type: 'line', showSymbol: line.length < 4, lineStyle: {color: css('best'), width: 2}, itemStyle: {color: css('best')}, data: line.map(each => each.slice(0, 2)), silent: true},
      ],
    }),
    table: () => ({head: [label(name), goal + ' on average over the other parameters', 'deviation of the trees'], rows: slice.values[0].map((value, i) => [value, line[i][1], line[i][2]])}),
  });
}

function tidied(value, side) {
  const wide = value + side * Math.abs(value) * .02;
  return Number(wide.toPrecision(3));
}
