import { useEffect, useState } from 'preact/hooks';
import { alerts as service, messageOf } from './api';
import type { Feed } from './feed';
import { Alert_State, type Alert } from './gen/claimwatch/v1/alert_pb';
import { ClaimQuote } from './quote';
import { linkTo } from './route';
import { changeOf, kindWords, questionOf, severityWords, stateWords, timeWord, wordOf } from './words';

const nameKey = 'claimwatch.name';

function AcknowledgeForm({ alert, feed }: { alert: Alert; feed: Feed }) {
  const [by, setBy] = useState(localStorage.getItem(nameKey) ?? '');
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem('');
    try {
      const answer = await service.acknowledgeAlert({ alertId: alert.alertId, by: by.trim(), note });
      localStorage.setItem(nameKey, by.trim());
      if (answer.alert !== undefined) feed.apply(answer.alert);
      setNote('');
    } catch (error) {
      setProblem(messageOf(error));
    }
    setBusy(false);
  };
  return (
    <form class="acknowledge" onSubmit={submit}>
      <label>
        Your name
        <input id="ack-by" required maxLength={128} value={by} onInput={(event) => setBy(event.currentTarget.value)} />
      </label>
      <label>
        Note
        <input maxLength={1000} value={note} onInput={(event) => setNote(event.currentTarget.value)} />
      </label>
      <button type="submit" disabled={busy}>Acknowledge</button>
      {problem !== '' && <p class="problem" role="alert">{problem}</p>}
    </form>
  );
}

export function AlertDetail({ alert, feed, onClose }: { alert: Alert; feed: Feed; onClose: () => void }) {
  useEffect(() => {
    const escape = (event: KeyboardEvent) => event.key === 'Escape' && onClose();
    addEventListener('keydown', escape);
    return () => removeEventListener('keydown', escape);
  }, [onClose]);
  const { before, after } = changeOf(alert);
  const kind = wordOf(kindWords, alert.kind);
  return (
    <article class="detail" aria-label={`Alert ${alert.alertId}`} data-testid="detail">
      <button type="button" class="close" onClick={onClose} aria-label="Close this alert">×</button>
      <p class="facts">
        <span class={`kind kind-${alert.kind}`}>{kind}</span>
        <span class={`severity severity-${alert.severity}`}>{wordOf(severityWords, alert.severity)}</span>
        <span class="tag">{wordOf(stateWords, alert.state)}</span>
        <span class="id">{alert.alertId}</span>
      </p>
      <h2>{alert.summary}</h2>
      <p class="change big">
        <span class="question">{questionOf(alert.current)}</span>{' '}
        <span class="before">{before}</span> <span aria-label="became">→</span> <span class="after">{after}</span>
      </p>
      {alert.current !== undefined && <ClaimQuote claim={alert.current} title="Now:" />}
      {alert.previous.map((claim) => <ClaimQuote key={claim.claimId} claim={claim} title="Against:" />)}
      <dl>
        <dt>Behind the new value</dt>
        <dd>
          {alert.currentOriginCount} independent {alert.currentOriginCount === 1 ? 'origin' : 'origins'}
          {alert.currentSourceCount > 0 && `, ${alert.currentSourceCount} ${alert.currentSourceCount === 1 ? 'publisher' : 'publishers'}`}
        </dd>
        <dt>Behind the others</dt>
        <dd>{alert.previousOriginCount} independent {alert.previousOriginCount === 1 ? 'origin' : 'origins'}</dd>
        <dt>Why</dt>
        <dd>{alert.reason}</dd>
        <dt>Opened</dt>
        <dd>{timeWord(alert.createTime)}</dd>
        {alert.state !== Alert_State.OPEN && <><dt>Last change</dt><dd>{timeWord(alert.updateTime)}</dd></>}
        {alert.supersededByAlertId !== '' && (
          <><dt>Superseded by</dt><dd><a href={linkTo.alert(alert.supersededByAlertId)}>{alert.supersededByAlertId}</a></dd></>
        )}
      </dl>
      <p><a href={linkTo.story(alert.storyId, alert.figureId)}>The figure over time, and all of its story</a></p>
      {alert.acknowledgement !== undefined && (
        <p class="acknowledged" data-testid="acknowledged">
          ✓ Acknowledged by <strong>{alert.acknowledgement.by}</strong>, {timeWord(alert.acknowledgement.acknowledgeTime)}
          {alert.acknowledgement.note !== '' && <>: {alert.acknowledgement.note}</>}
        </p>
      )}
      <AcknowledgeForm key={alert.alertId} alert={alert} feed={feed} />
    </article>
  );
}
