// Alerts, newest first, those of one story together.
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { AlertDetail } from './alert_detail';
import { alerts as service, stories as storyService } from './api';
import type { Feed, FeedFilter } from './feed';
import { FilterBar } from './filter_bar';
import { Alert_State, type Alert } from './gen/claimwatch/v1/alert_pb';
import { useFeed, useLoaded } from './hooks';
import { linkTo } from './route';
import { changeOf, kindWords, questionOf, severityWords, stateWords, timeWord, wordOf } from './words';
import { VirtualList } from './virtual_list';

type Row = { story: string; title: string; count: number; open: number } | { alert: Alert };

const headHeight = 44;
const alertHeight = 92;
const heightOf = (row: Row) => ('alert' in row ? alertHeight : headHeight);
const keyOf = (row: Row) => ('alert' in row ? row.alert.alertId : `story ${row.story}`);

const later = (a: bigint, b: bigint) => (a > b ? -1 : a < b ? 1 : 0);
// Alerts stand by when they were opened: an update does not make old news new.
const idNumber = (alert: Alert) => Number(alert.alertId.replace(/^\D+/, '')) || 0;

export function rowsOf(alerts: Iterable<Alert>, openOnly: boolean): Row[] {
  const stories = new Map<string, Alert[]>();
  for (const alert of alerts) {
    if (openOnly && alert.state !== Alert_State.OPEN) continue;
    const known = stories.get(alert.storyId);
    if (known === undefined) stories.set(alert.storyId, [alert]);
    else known.push(alert);
  }
  const groups = [...stories.entries()].map(([story, list]) => {
    list.sort((a, b) => idNumber(b) - idNumber(a));
    return { story, list, newest: list.reduce((most, alert) => (alert.position > most ? alert.position : most), 0n) };
  });
  groups.sort((a, b) => later(a.newest, b.newest));
  return groups.flatMap(({ story, list }): Row[] => [
    { story, title: story, count: list.length, open: list.filter((alert) => alert.state === Alert_State.OPEN).length },
    ...list.map((alert) => ({ alert })),
  ]);
}

function AlertRow({ alert, selected, fresh }: { alert: Alert; selected: boolean; fresh: boolean }) {
  const { before, after } = changeOf(alert);
  const open = alert.state === Alert_State.OPEN;
  return (
    <a
      class={`row severity-edge-${alert.severity}${selected ? ' selected' : ''}${open ? '' : ' closed'}${fresh ? ' fresh' : ''}`}
      href={linkTo.alert(alert.alertId)}
      aria-current={selected ? 'true' : undefined}
      data-alert={alert.alertId}
    >
      <span class="facts">
        <span class={`kind kind-${alert.kind}`}>{wordOf(kindWords, alert.kind)}</span>
        <span class={`severity severity-${alert.severity}`}>{wordOf(severityWords, alert.severity)}</span>
        {!open && <span class="tag">{wordOf(stateWords, alert.state)}</span>}
        {alert.acknowledgement !== undefined && <span class="tag">✓ {alert.acknowledgement.by}</span>}
        <time>{timeWord(alert.current?.publishTime ?? alert.createTime)}</time>
      </span>
      <span class="change">
        <span class="question">{questionOf(alert.current)}</span> <span class="before">{before}</span> →{' '}
        <span class="after">{after}</span>
      </span>
      <span class="summary">{alert.summary}</span>
    </a>
  );
}

// Titles of stories, asked for once each as they come into view.
const titles = new Map<string, Promise<string>>();
async function titleOf(story: string): Promise<string> {
  return (await storyService.getStory({ storyId: story })).story?.title || story;
}
function StoryHead({ row }: { row: Extract<Row, { story: string }> }) {
  const loaded = useLoaded(() => {
    let title = titles.get(row.story);
    if (title === undefined) {
      title = titleOf(row.story);
      titles.set(row.story, title);
      title.catch(() => titles.delete(row.story));
    }
    return title;
  }, [row.story]);
  return (
    <h2 class="story-head">
      <a href={linkTo.story(row.story)}>{loaded.value ?? row.title}</a>{' '}
      <span class="count">{row.open} open of {row.count}</span>
    </h2>
  );
}

function useKeys(order: string[], selected: string) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (/^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) return;
      const place = order.indexOf(selected);
      const go = (next: number) => {
        const id = order[Math.min(order.length - 1, Math.max(0, next))];
        if (id !== undefined) location.hash = linkTo.alert(id);
      };
      if (event.key === 'j') go(place + 1);
      else if (event.key === 'k') go(place < 0 ? 0 : place - 1);
      else if (event.key === '/') document.getElementById('filter-expression')?.focus();
      else if (event.key === 'a') document.getElementById('ack-by')?.focus();
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [order, selected]);
}

interface Props {
  feed: Feed;
  filter: FeedFilter;
  onFilter: (filter: FeedFilter) => void;
  selected: string;
}

export function FeedPage({ feed, filter, onFilter, selected }: Props) {
  const version = useFeed(feed);
  const [openOnly, setOpenOnly] = useState(false);
  const rows = useMemo(() => rowsOf(feed.alerts.values(), openOnly), [version, openOnly, feed]);
  const order = useMemo(() => rows.flatMap((row) => ('alert' in row ? [row.alert.alertId] : [])), [rows]);
  useKeys(order, selected);
  const known = feed.alerts.get(selected);
  const asked = useLoaded(
    async (signal) =>
      selected === '' || known !== undefined ? undefined : (await service.getAlert({ alertId: selected }, { signal })).alert,
    [selected, known === undefined],
  );
  const shown = known ?? (asked.value?.alertId === selected ? asked.value : undefined);
  const close = useCallback(() => { location.hash = linkTo.feed(); }, []);
  const refused = feed.connection.state === 'refused' ? feed.connection.why : '';
  return (
    <div class={`feed${selected === '' ? '' : ' with-detail'}`}>
      <h1 class="hidden">Alerts</h1>
      <section class="feed-list" aria-label="Alerts">
        <FilterBar filter={filter} onFilter={onFilter} problem={refused} />
        <p class="counts">
          <span data-testid="alert-count">{order.length}</span> {order.length === 1 ? 'alert' : 'alerts'}
          <label><input type="checkbox" checked={openOnly} onChange={(event) => setOpenOnly(event.currentTarget.checked)} /> open only</label>
          <span class="keys">keys: j k next, a acknowledge, / filter, Esc close</span>
        </p>
        {feed.note !== '' && <p class="note" role="alert">{feed.note}</p>}
        {rows.length === 0 && feed.connection.state === 'live' && (
          <p class="empty">Nothing yet. Alerts appear here as soon as a figure changes or is contradicted.</p>
        )}
        <VirtualList
          rows={rows}
          heightOf={heightOf}
          keyOf={keyOf}
          label="Alerts, newest first"
          reveal={selected === '' ? undefined : selected}
          draw={(row) =>
            'alert' in row ? (
              <AlertRow alert={row.alert} selected={row.alert.alertId === selected} fresh={feed.fresh.has(row.alert.alertId)} />
            ) : (
              <StoryHead row={row} />
            )
          }
        />
      </section>
      {selected !== '' && (
        <section class="feed-detail" aria-label="The alert">
          {shown !== undefined ? (
            <AlertDetail alert={shown} feed={feed} onClose={close} />
          ) : (
            <p class="empty">{asked.error ?? 'Loading…'}</p>
          )}
        </section>
      )}
    </div>
  );
}
