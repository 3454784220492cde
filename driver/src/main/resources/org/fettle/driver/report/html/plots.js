// More plots: of two parameters and many, of learning, folds, goals, time and ends.
function contourPlot() {
  const state = {goal: data.analysis[0].metric, pair: 0};
  const contours = () => analysed(state.goal).contours;
  const contour = () => contours()[Math.min(state.pair, contours().length - 1)];
  const names = each => each.parameters.map(label).join(' × ');
  const ends = (name, values, i) => {
    const each = parameter(name);
    if (each.choices) return null;
    const middle = (a, b) => each.log ? Math.sqrt(a * b) : (a + b) / 2;
    return [i === 0 ? values[0] : middle(values[i - 1], values[i]), i === values.length - 1 ? values[i] : middle(values[i], values[i + 1])];
  };
  return figure({
    id: 'contour-plot', title: 'Two parameters together', tall: true,
    text: 'The score by two parameters, on average over the others as the trials tell it; the pairs that interact most come first. Dots are trials.',
    controls: again => [
      ...goalSelect(value => { state.goal = value; again(); }),
      select('Parameters', contours().map((each, i) => [i, names(each)]), i => { state.pair = Number(i); again(); }),
    ],
    option: () => {
      const found = contour();
      if (!found) return null;
      const [x, y] = found.parameters;
      const cells = [];
      found.values[0].forEach((a, i) => found.values[1].forEach((b, j) => cells.push([place(x, a), place(y, b), found.means[i][j], i, j])));
      const means = cells.map(cell => cell[2]);
      const rows = sampled(completed().filter(row => row[parameterColumn(x)] !== null && row[parameterColumn(y)] !== null), 600);
      return {
        tooltip: {formatter: event => event.seriesIndex === 0 ? escaped(label(x)) + ': ' + escaped(brief(found.values[0][event.value[3]])) + '<br>' + escaped(label(y)) + ': ' + escaped(brief(found.values[1][event.value[4]])) + '<br>' + escaped(state.goal) + ' about ' + brief(event.value[2]) : ofTrial(event)},
        grid: {right: 90}, xAxis: axisOf(x), yAxis: axisOf(y),
        visualMap: {min: Math.min(...means), max: Math.max(...means), dimension: 2, seriesIndex: 0, calculable: true, right: 0, top: 'middle', precision: 4, formatter: brief, textStyle: {color: css('text')}, inRange: {color: ['#440154', '#3b528b', '#21918c', '#5ec962', '#fde725']}},
        series: [
          {type: 'custom', data: cells, encode: {x: 0, y: 1}, renderItem: (params, api) => {
            const [i, j] = [api.value(3), api.value(4)];
            const center = api.coord([api.value(0), api.value(1)]);
            const across = ends(x, found.values[0], i), up = ends(y, found.values[1], j);
            const size = api.size([1, 1]);
            const left = across ? api.coord([across[0], api.value(1)])[0] : center[0] - size[0] / 2;
            const right = across ? api.coord([across[1], api.value(1)])[0] : center[0] + size[0] / 2;
            const bottom = up ? api.coord([api.value(0), up[0]])[1] : center[1] + size[1] / 2;
            const top = up ? api.coord([api.value(0), up[1]])[1] : center[1] - size[1] / 2;
            return {type: 'rect', shape: {x: left, y: top, width: right - left + .6, height: bottom - top + .6}, style: {fill: api.visual('color')}};
          }},
          {type: 'scatter', symbolSize: 5, itemStyle: {color: '#ffffff', borderColor: '#000000', opacity: .7}, data: rows.map(row => point(row, place(x, row[parameterColumn(x)]), place(y, row[parameterColumn(y)])))},
        ],
      };
    },
    table: () => {
      const rows = [];
      contour().values[0].forEach((a, i) => contour().values[1].forEach((b, j) => rows.push([a, b, contour().means[i][j]])));
      return {head: [...contour().parameters.map(label), state.goal], rows};
    },
  });
}

function parallelPlot() {
  const goal = data.goals[0];
  const names = () => {
    const found = analysed(goal.metric);
    return (found ? found.importance.map(each => each[0]) : data.parameters.map(each => each.name)).slice(0, 10);
  };
  // Values of few kinds stand at whole numbers, others between 0 and 1; one below is for none.
  const few = each => each.choices || (each.kind === 'int' && each.high - each.low < 8 ? Array.from({length: each.high - each.low + 1}, (_, i) => each.low + i) : null);
  const none = each => few(each) ? -1 : -.25;
  const unit = (each, value) => {
    if (value === null) return none(each);
    if (few(each)) return few(each).indexOf(value);
    if (each.low === each.high) return .5;
    return each.log ? Math.log(value / each.low) / Math.log(each.high / each.low) : (value - each.low) / (each.high - each.low);
  };
  const value = (each, at) => {
    if (at < -.01) return '–';
    if (few(each)) return String(few(each)[Math.round(at)]).slice(0, 12);
    const exact = each.log ? each.low * (each.high / each.low) ** at : each.low + at * (each.high - each.low);
    return brief(each.kind === 'int' ? Math.round(exact) : Number(exact.toPrecision(3)));
  };
  const axis = (each, dim) => ({
    dim, name: each.label.slice(-24), min: each.when ? none(each) : 0, max: few(each) ? Math.max(1, few(each).length - 1) : 1,
    interval: few(each) ? Math.ceil(few(each).length / 12) : .25, axisTick: {show: false}, axisLabel: {color: css('muted'), formatter: at => value(each, at)},
  });
  const shown = () => { const best = ranked(goal); return [...new Set([...best.slice(0, 100), ...sampled(best, 300)])].reverse(); };
  return figure({
    id: 'parallel-plot', title: 'All parameters together', tall: true,
    text: 'A line for each of up to 400 completed trials, the best hundred among them, brighter the better. Drag along an axis to keep what passes there; – is where a parameter does not apply.',
    option: () => {
      const rows = shown();
      if (!rows.length) return null;
      const axes = names().map(parameter);
      const scores = rows.map(row => score(row, goal.metric));
      const low = Math.min(...scores), high = Math.max(...scores);
      const order = new Map(ranked(goal).map((row, i, list) => [row[NUMBER], 1 - i / Math.max(1, list.length - 1)]));
      const narrow = innerWidth < 600;
      return {
        tooltip: {formatter: ofTrial},
        parallel: {left: 40, right: 60, top: 46, bottom: 24, layout: narrow ? 'vertical' : 'horizontal', parallelAxisDefault: {nameTextStyle: {color: css('text'), width: 110, overflow: 'truncate'}, axisLine: {lineStyle: {color: css('muted')}}, axisLabel: {color: css('muted')}}},
        parallelAxis: axes.map(axis).concat({dim: axes.length, name: goal.name, min: low, max: high === low ? low + 1 : high, axisLabel: {color: css('muted'), formatter: brief}}),
        visualMap: {show: false, dimension: axes.length + 1, min: 0, max: 1, inRange: {color: [css('line'), css('completed'), css('pruned')], opacity: [.25, .5, 1]}},
        series: {type: 'parallel', smooth: false, lineStyle: {width: 1.2, opacity: .6}, data: rows.map(row => ({value: [...axes.map(each => unit(each, row[parameterColumn(each.name)])), score(row, goal.metric), order.get(row[NUMBER])], trial: row[NUMBER]}))},
      };
    },
    table: () => ({head: ['trial', goal.name, ...names().map(label)], rows: shown().reverse().map(row => [row[NUMBER], score(row, goal.metric), ...names().map(name => row[parameterColumn(name)])])}),
  });
}

function curvesPlot() {
  const metrics = () => [...new Set(data.curves.flatMap(each => Object.keys(each.metrics)))];
  let metric = metrics().includes(data.goals[0].metric) ? data.goals[0].metric : metrics().includes('validation-loss') ? 'validation-loss' : metrics()[0];
  const curves = () => data.curves.filter(each => each.metrics[metric]);
  return figure({
    id: 'curves-plot', title: 'Learning curves', tall: true,
    text: 'What trials reported by step, as means over their folds: the dozen best, and others evenly over the study.',
    controls: again => [select('Metric', [metric, ...metrics().filter(each => each !== metric)].map(each => [each, each]), value => { metric = value; again(); })],
    option: () => !curves().length ? null : ({
      tooltip: {trigger: 'item', formatter: event => escaped(metric) + ' ' + brief(event.value[1]) + ' at step ' + event.value[0] + '<br>' + ofTrial(event)},
      xAxis: {type: 'value', name: 'step', min: 'dataMin', max: 'dataMax', minInterval: 1}, yAxis: {type: 'value', name: metric, scale: true},
      series: curves().map((each, i) => { const row = trials[each.trial]; const best = each.trial === data.best; return {
        type: 'line', symbol: 'circle', symbolSize: 4, showSymbol: each.metrics[metric].length < 3, z: best ? 5 : 2, lineStyle: {width: best ? 3 : 1.2, opacity: best ? 1 : .55, color: best ? css('best') : tone(row[STATE])}, itemStyle: {color: best ? css('best') : tone(row[STATE])},
        data: each.metrics[metric].map(([step, value]) => point(row, step, value)), triggerLineEvent: false,
      }; }),
    }),
    table: () => ({head: ['trial', 'step', metric], rows: curves().flatMap(each => each.metrics[metric].map(([step, value]) => [each.trial, step, value]))}),
  });
}

function foldsPlot() {
  let goal = data.goals[0];
  const lines = () => data.folds.filter(each => each.scores[goal.metric]).map(each => {
    const folds = each.scores[goal.metric];
    const mean = folds.reduce((a, b) => a + b, 0) / folds.length;
    const error = folds.length < 2 ? 0 : Math.sqrt(folds.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (folds.length - 1) / folds.length);
    return {trial: each.trial, folds, mean, low: mean - t95(folds.length - 1) * error, high: mean + t95(folds.length - 1) * error};
  });
  return figure({
    id: 'folds-plot', title: 'Scores by fold of the best trials', tall: true,
    text: 'Dots are folds; the bar is the mean with a 95 % interval (Student’s t). Folds share training rows, so the intervals are somewhat too narrow; where they overlap, the order is not settled.',
    controls: again => data.goals.length > 1 ? [select('Goal', data.goals.map((each, i) => [i, each.name]), i => { goal = data.goals[i]; again(); })] : [],
    option: () => { const found = lines(); return !found.length ? null : ({
      tooltip: {formatter: ofTrial}, xAxis: {type: 'category', name: 'trial, the best first', data: found.map(each => String(each.trial))}, yAxis: {type: 'value', name: goal.metric, scale: true},
      series: [
        {type: 'custom', data: found.map((each, i) => ({value: [i, each.low, each.high, each.mean], trial: each.trial})), encode: {x: 0, y: [1, 2]}, renderItem: (params, api) => {
          const low = api.coord([api.value(0), api.value(1)]), high = api.coord([api.value(0), api.value(2)]), mean = api.coord([api.value(0), api.value(3)]);
          const style = {stroke: css('text'), lineWidth: 1.5};
          const bar = (x, half, y) => ({type: 'line', shape: {x1: x - half, y1: y, x2: x + half, y2: y}, style});
          return {type: 'group', children: [{type: 'line', shape: {x1: low[0], y1: low[1], x2: high[0], y2: high[1]}, style}, bar(low[0], 4, low[1]), bar(high[0], 4, high[1]), {...bar(mean[0], 8, mean[1]), style: {...style, lineWidth: 3}}]};
        }},
        {type: 'scatter', symbolSize: 5, itemStyle: {color: css('completed'), opacity: .7}, data: found.flatMap((each, i) => each.folds.map(value => ({value: [i, value], trial: each.trial})))},
      ],
    }); },
    table: () => ({head: ['trial', 'mean', 'low', 'high', 'folds'], rows: lines().map(each => [each.trial, each.mean, each.low, each.high, each.folds.map(brief).join(' ')])}),
  });
}

function paretoPlot() {
  const axes = [data.goals[0], data.goals[1]];
  const front = () => new Set(data.pareto);
  const rows = () => completed().filter(row => data.goals.every(goal => score(row, goal.metric) !== null));
  const at = row => point(row, score(row, axes[0].metric), score(row, axes[1].metric));
  return figure({
    id: 'pareto-plot', title: 'Pareto front', tall: true,
    text: 'Completed trials by two goals; of those on the front none is better in every goal.',
    controls: again => data.goals.length > 2 ? [0, 1].map(i => select(i ? 'Up' : 'Across', data.goals.map((each, k) => [k, each.name]), k => { axes[i] = data.goals[k]; again(); })) : [],
    option: () => ({
      tooltip: {formatter: ofTrial}, legend: {},
      xAxis: {type: 'value', name: axes[0].name + (axes[0].maximize ? ' (more is better)' : ' (less is better)'), scale: true}, yAxis: {type: 'value', name: axes[1].name + (axes[1].maximize ? ' (more is better)' : ' (less is better)'), scale: true},
      series: [
        {name: 'other trials', type: 'scatter', symbolSize: rows().length > 3000 ? 3 : 6, itemStyle: {color: css('completed'), opacity: .4}, data: rows().filter(row => !front().has(row[NUMBER])).map(at)},
        {name: 'front', type: 'line', lineStyle: {type: 'dashed', color: css('failed')}, itemStyle: {color: css('failed')}, symbol: 'diamond', symbolSize: 10,
          data: rows().filter(row => front().has(row[NUMBER])).sort((a, b) => score(a, axes[0].metric) - score(b, axes[0].metric)).map(at)},
      ],
    }),
    table: () => ({head: ['trial', ...data.goals.map(each => each.name)], rows: rows().filter(row => front().has(row[NUMBER])).map(row => [row[NUMBER], ...data.goals.map(each => score(row, each.metric))])}),
  });
}

function timelinePlot() {
  const line = () => data.timeline;
  const time = millis => duration(millis / 1000);
  return figure({
    id: 'timeline-plot', title: 'Trials on slots', tall: true,
    text: 'A bar for each run of a trial on a fold, as many lanes as overlapped, and above how many were at work on average. Lanes are packed from times; a run’s start is its end less its seconds of work.',
    option: () => !line().bars || !line().bars.length ? null : ({
      tooltip: {formatter: event => event.seriesIndex === 1 ? 'trial ' + event.value[3] + (event.value[4] < 0 ? '' : ', fold ' + event.value[4]) + '<br>' + time(event.value[1]) + ' to ' + time(event.value[2]) + '<br>' + STATES[trials[event.value[3]][STATE]] : time(event.value[0]) + ': ' + brief(event.value[1]) + ' of ' + line().slots + ' slots at work'},
      grid: [{left: 62, right: 16, top: 20, height: 70}, {left: 62, right: 16, top: 120, bottom: 46}],
      xAxis: [{gridIndex: 0, type: 'value', min: line().from, max: line().to, axisLabel: {show: false}}, {gridIndex: 1, type: 'value', min: line().from, max: line().to, name: 'time since the study’s beginning', axisLabel: {formatter: time, hideOverlap: true, color: css('muted')}}],
      yAxis: [{gridIndex: 0, type: 'value', name: 'at work', min: 0, max: line().slots, splitNumber: 2}, {gridIndex: 1, type: 'value', name: 'lane', min: 0, max: Math.max(...line().bars.map(bar => bar[4])) + 1, minInterval: 1, inverse: true}],
      dataZoom: [{type: 'inside', xAxisIndex: [0, 1], filterMode: 'weakFilter'}],
      series: [
        {type: 'line', xAxisIndex: 0, yAxisIndex: 0, step: 'middle', showSymbol: false, areaStyle: {opacity: .3}, itemStyle: {color: css('running')}, data: line().busy.map((value, i) => [line().from + (i + .5) * (line().to - line().from) / line().busy.length, value])},
        {type: 'custom', xAxisIndex: 1, yAxisIndex: 1, progressive: 500, encode: {x: [1, 2], y: 0}, data: line().bars.map(([trial, fold, from, to, lane]) => ({value: [lane, from, to, trial, fold], trial})), renderItem: (params, api) => {
          const from = api.coord([api.value(1), api.value(0)]), to = api.coord([api.value(2), api.value(0) + 1]);
          return {type: 'rect', shape: {x: from[0], y: from[1] + 1, width: Math.max(1.5, to[0] - from[0] - .5), height: Math.max(1, to[1] - from[1] - 2)}, style: {fill: tone(trials[api.value(3)][STATE]), opacity: .85}};
        }},
      ],
    }),
    table: () => ({head: ['trial', 'fold', 'from, s', 'to, s', 'lane'], rows: (line().bars || []).map(([trial, fold, from, to, lane]) => [trial, fold < 0 ? null : fold, from / 1000, to / 1000, lane])}),
  });
}

function pruningPlot() {
  return figure({
    id: 'pruning-plot', title: 'Where trials were pruned',
    text: 'How many were stopped after a step, and how well the order at that step told the order at the end among trials that completed (Spearman: 1 is the same order, 0 none).',
    option: () => ({
      tooltip: {trigger: 'axis'}, legend: {}, xAxis: {type: 'value', name: 'step', minInterval: 1, min: 0},
      yAxis: [{type: 'value', name: 'trials pruned', minInterval: 1}, {type: 'value', name: 'agreement', min: Math.min(0, ...data.pruning.agreements.map(each => each[2] || 0)), max: 1, nameGap: 30}], grid: {right: 52},
      series: [{name: 'pruned', type: 'bar', barMaxWidth: 18, itemStyle: {color: css('pruned')}, data: data.pruning.stops}, {name: 'agreement with the end', type: 'line', yAxisIndex: 1, itemStyle: {color: css('completed')}, data: data.pruning.agreements.map(each => [each[0], each[2]])}],
    }),
    table: () => ({head: ['step', 'pruned', 'trials that completed', 'agreement'], rows: [...new Set([...data.pruning.stops, ...data.pruning.agreements].map(each => each[0]))].sort((a, b) => a - b).map(step => {
      const agreement = data.pruning.agreements.find(each => each[0] === step), stop = data.pruning.stops.find(each => each[0] === step);
      return [step, stop ? stop[1] : 0, agreement ? agreement[1] : null, agreement ? agreement[2] : null];
    })}),
  });
}
