'use strict';
// What the page knows of the study, and small tools. Texts of the study reach the page as text alone.
const STATES = ['running', 'completed', 'pruned', 'failed', 'infeasible'];
const NUMBER = 0, STATE = 1, ORIGIN = 2, START = 3, END = 4, SECONDS = 5, CODE = 6, REASON = 7, VALUES = 8;
const data = JSON.parse(document.getElementById('data').textContent);
const trials = [];
data.trials.forEach(row => { trials[row[NUMBER]] = row; });

const $ = selector => document.querySelector(selector);

function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

const escaped = text => String(text).replace(/[&<>"'`]/g, c => '&#' + c.charCodeAt(0) + ';');

function brief(value) {
  if (value === null || value === undefined) return '–';
  if (typeof value !== 'number') return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e7) return String(value);
  const size = Math.abs(value);
  return size >= 1e6 || (size < 1e-3 && size > 0) ? value.toExponential(2) : String(Number(value.toPrecision(4)));
}

// A score, and its error to two digits.
const scored = (row, metric) => score(row, metric) === null ? '–'
  : brief(score(row, metric)) + (error(row, metric) === null ? '' : ' ± ' + brief(Number(error(row, metric).toPrecision(2))));

function duration(seconds) {
  if (seconds < 60) return brief(Math.round(seconds * 10) / 10) + ' s';
  const whole = Math.round(seconds);
  return whole < 3600 ? Math.floor(whole / 60) + ' min ' + whole % 60 + ' s'
    : Math.floor(whole / 3600) + ' h ' + Math.floor(whole % 3600 / 60) + ' min';
}

const metricColumn = metric => VALUES + data.parameters.length + 2 * data.metrics.indexOf(metric);
const score = (row, metric) => row[metricColumn(metric)];
const error = (row, metric) => row[metricColumn(metric) + 1];
const parameterColumn = name => VALUES + data.parameters.findIndex(each => each.name === name);
const parameter = name => data.parameters.find(each => each.name === name);
const all = () => trials.filter(row => row);
const feasible = row => data.constraints.every(each => {
  const value = score(row, each.metric);
  return value !== null && (each.atMost ? value <= each.bound : value >= each.bound);
});
const better = (goal, a, b) => goal.maximize ? a > b : a < b;
const completed = () => all().filter(row => row[STATE] === 1);

function ranked(goal) {
  const sign = goal.maximize ? -1 : 1;
  return completed().filter(row => score(row, goal.metric) !== null)
    .sort((a, b) => feasible(b) - feasible(a) || sign * (score(a, goal.metric) - score(b, goal.metric)));
}

function tally(values) {
  const counts = new Map();
  values.forEach(value => counts.set(value, (counts.get(value) || 0) + 1));
  return [...counts.entries()].sort((a, b) => b[1] - a[1]);
}

function quantile(sorted, part) {
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(part * (sorted.length - 1))))];
}

// Evenly chosen, the first and the last among them.
function sampled(list, most) {
  if (list.length <= most) return list;
  return Array.from({length: most}, (_, i) => list[Math.round(i * (list.length - 1) / (most - 1))]);
}

const brieflyAssigned = row => data.parameters.map((each, i) => [each.label, row[VALUES + i]])
  .filter(pair => pair[1] !== null).map(([name, value]) => name + ' = ' + brief(value));

function tooltipOf(row) {
  const lines = ['<b>trial ' + row[NUMBER] + '</b>, ' + STATES[row[STATE]]];
  data.metrics.slice(0, 6).forEach(metric => {
    if (score(row, metric) !== null) {
      lines.push(escaped(metric) + ': ' + scored(row, metric));
    }
  });
  brieflyAssigned(row).slice(0, 14).forEach(line => lines.push(escaped(line.slice(0, 80))));
  if (row[REASON]) lines.push('<i>' + escaped(row[REASON].slice(0, 100)) + '</i>');
  return lines.join('<br>');
}

// Two-sided 95 % of Student's t.
const T95 = [0, 12.71, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086];
const t95 = freedom => freedom < T95.length ? T95[freedom] : 1.96 + 2.4 / freedom;
