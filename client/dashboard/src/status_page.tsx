import { useEffect, useState } from 'preact/hooks';
import { admin, messageOf } from './api';
import type { Feed } from './feed';
import type { GetStatusResponse } from './gen/claimwatch/v1/admin_pb';
import { useFeed } from './hooks';
import { agoWord, bytesWord, dateOf, numberWord } from './words';

const everyMs = 2000;

interface Sample {
  at: number;
  status: GetStatusResponse;
}

const perSecond = (samples: Sample[], read: (status: GetStatusResponse) => bigint) => {
  if (samples.length < 2) return 0;
  const first = samples[0];
  const last = samples[samples.length - 1];
  return Number(read(last.status) - read(first.status)) / ((last.at - first.at) / 1000);
};

function useStatus() {
  const [samples, setSamples] = useState<Sample[]>([]);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    let stopped = false;
    const ask = async () => {
      try {
        const status = await admin.getStatus({});
        if (stopped) return;
        setSamples((known) => [...known.slice(-14), { at: performance.now(), status }]);
        setProblem('');
      } catch (error) {
        if (!stopped) setProblem(messageOf(error));
      }
    };
    void ask();
    const timer = setInterval(ask, everyMs);
    return () => {
      stopped = true;
      clearInterval(timer);
    };
  }, []);
  return { samples, problem };
}

export function StatusPage({ feed }: { feed: Feed }) {
  useFeed(feed);
  const { samples, problem } = useStatus();
  const status = samples[samples.length - 1]?.status;
  const rows: [string, string][] =
    status === undefined
      ? []
      : [
          ['Articles a second', perSecond(samples, (one) => one.headSequence).toFixed(1)],
          ['Alert events a second', perSecond(samples, (one) => one.headPosition).toFixed(1)],
          ['Behind, this page', `${status.headPosition > feed.position ? status.headPosition - feed.position : 0n} events`],
          ['Articles', numberWord(Number(status.articleCount))],
          ['Claims', numberWord(Number(status.claimCount))],
          ['Stories', numberWord(Number(status.storyCount))],
          ['Figures', numberWord(Number(status.figureCount))],
          ['Alerts', `${numberWord(Number(status.openAlertCount))} open of ${numberWord(Number(status.alertCount))}`],
          ['Subscribers', `${status.subscriberCount} of at most ${status.limits?.subscribersMax ?? '?'}`],
          ['Streams of articles', String(status.ingestStreamCount)],
          ['Store', status.storeBytes === 0n ? 'in memory' : bytesWord(status.storeBytes)],
          ['Free on its disk', status.diskFreeBytes === 0n ? '–' : bytesWord(status.diskFreeBytes)],
          ['Running for', agoWord((dateOf(status.serverTime)?.getTime() ?? 0) - (dateOf(status.startTime)?.getTime() ?? 0))],
          ['Release', status.version],
          ['Epoch of the store', status.epoch],
        ];
  return (
    <div class="page">
      <h1>Status</h1>
      {problem !== '' && <p class="problem" role="alert">{problem}. What follows is from before.</p>}
      {status?.readOnly === true && <p class="problem" role="alert">No articles are taken: {status.readOnlyReason}</p>}
      {status?.draining === true && <p class="note">The daemon is stopping.</p>}
      <dl class="status" data-testid="status">
        {rows.map(([name, value]) => (
          <div key={name}><dt>{name}</dt><dd>{value}</dd></div>
        ))}
      </dl>
      <p><a href="/metrics">All figures, for Prometheus</a></p>
    </div>
  );
}
