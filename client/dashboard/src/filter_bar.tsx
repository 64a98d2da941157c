// The filter of the feed. It is the daemon's own: what it does not let through is never sent.
import { useState } from 'preact/hooks';
import type { FeedFilter } from './feed';
import { Alert_Kind, Alert_Severity } from './gen/claimwatch/v1/alert_pb';
import { kindWords, severityWords } from './words';

interface Props {
  filter: FeedFilter;
  onFilter: (filter: FeedFilter) => void;
  problem: string;
}

export function FilterBar({ filter, onFilter, problem }: Props) {
  const [expression, setExpression] = useState(filter.expression);
  const toggle = (kind: Alert_Kind) => {
    const kinds = filter.kinds.includes(kind) ? filter.kinds.filter((one) => one !== kind) : [...filter.kinds, kind];
    onFilter({ ...filter, kinds });
  };
  const active = filter.kinds.length > 0 || filter.minSeverity > 0 || filter.expression !== '';
  return (
    <form
      class="filter"
      role="search"
      aria-label="Filter of the alerts"
      onSubmit={(event) => {
        event.preventDefault();
        onFilter({ ...filter, expression: expression.trim() });
      }}
    >
      <div class="chips" role="group" aria-label="Kinds">
        {Object.entries(kindWords).map(([value, word]) => {
          const kind = Number(value) as Alert_Kind;
          return (
            <button key={value} type="button" class="chip" aria-pressed={filter.kinds.includes(kind)} onClick={() => toggle(kind)}>
              {word}
            </button>
          );
        })}
      </div>
      <label>
        From severity{' '}
        <select
          value={String(filter.minSeverity)}
          onChange={(event) => onFilter({ ...filter, minSeverity: Number(event.currentTarget.value) as Alert_Severity })}
        >
          <option value="0">any</option>
          {Object.entries(severityWords).map(([value, word]) => <option key={value} value={value}>{word}</option>)}
        </select>
      </label>
      <label class="expression">
        Expression{' '}
        <input
          id="filter-expression"
          value={expression}
          maxLength={4096}
          spellcheck={false}
          placeholder='measure = "killed" AND severity >= HIGH'
          aria-invalid={problem !== ''}
          aria-describedby={problem === '' ? undefined : 'filter-problem'}
          onInput={(event) => setExpression(event.currentTarget.value)}
        />
      </label>
      <button type="submit">Apply</button>
      {active && (
        <button type="button" onClick={() => { setExpression(''); onFilter({ kinds: [], minSeverity: 0, expression: '' }); }}>
          Clear
        </button>
      )}
      {problem !== '' && <p id="filter-problem" class="problem" role="alert">{problem}</p>}
    </form>
  );
}
