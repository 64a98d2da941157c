package claimwatch;

import claimwatch.v1.AlertEvent;
import claimwatch.v1.Article;
import claimwatch.v1.GetAlertRequest;
import claimwatch.v1.Receipt;
import claimwatch.v1.SubscribeAlertsRequest.StartPoint;
import com.google.gson.Gson;
import com.google.protobuf.util.JsonFormat;
import io.grpc.TlsChannelCredentials;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The Java client as a process, for tests/clients; client/python/tests/probe.py says what it does. */
public final class Probe {
  private static final Gson GSON = new Gson();

  private static synchronized void say(Map<String, Object> words) {
    System.out.println(GSON.toJson(words));
    System.out.flush();
  }

  private static Map<String, Object> words(String what) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("what", what);
    return words;
  }

  private static Map<String, Object> failed(Map<String, Object> words, ClaimwatchException failure) {
    words.put("code", failure.code().name());
    words.put("reason", failure.reason());
    words.put("metadata", failure.metadata());
    words.put(
        "violations",
        failure.violations().stream().map(v -> List.of(v.field(), v.reason())).toList());
    words.put("resource", failure.resource());
    words.put("message", failure.getMessage());
    return words;
  }

  private static void notice(AlertSubscription.Notice notice) {
    Map<String, Object> words = words(notice.kind().name().toLowerCase());
    words.put("retryIn", notice.retryIn().toMillis() / 1000.0);
    say(notice.failure() == null ? words : failed(words, notice.failure()));
  }

  private static void follow(ClaimwatchClient client, String start, String onGap, long until)
      throws InterruptedException {
    SubscribeOptions options =
        start.startsWith("token:")
            ? SubscribeOptions.resume(start.substring("token:".length()))
            : SubscribeOptions.from(StartPoint.valueOf("START_POINT_" + start.toUpperCase()));
    options
        .heartbeat(Duration.ofSeconds(1))
        .onGap(SubscribeOptions.OnGap.valueOf(onGap.toUpperCase()))
        .onNotice(Probe::notice);
    try (AlertSubscription feed = client.subscribe(options)) {
      while (true) {
        AlertSubscription.Update update = feed.next();
        List<AlertEvent> events = update.events();
        Map<String, Object> words = words("update");
        words.put("positions", events.stream().map(AlertEvent::getPosition).toList());
        words.put("alerts", events.stream().map(event -> event.getAlert().getAlertId()).toList());
        words.put("token", update.token());
        words.put("caughtUp", update.caughtUp());
        say(words);
        if (!events.isEmpty() && events.get(events.size() - 1).getPosition() >= until) {
          return;
        }
      }
    }
  }

  private static void receipt(Receipt receipt) {
    Map<String, Object> words = words("receipt");
    words.put("id", receipt.getArticleId());
    words.put("sequence", receipt.getSequence());
    words.put("index", receipt.getIndex());
    words.put("duplicate", receipt.getDuplicate());
    if (receipt.hasError()) {
      words.put("error", failed(words(""), ClaimwatchException.of(receipt.getError())));
    }
    say(words);
  }

  private static void ingest(ClaimwatchClient client, String file)
      throws IOException, InterruptedException {
    IngestOptions options =
        new IngestOptions()
            .onLost(
                (failure, retryIn, toResend) -> {
                  Map<String, Object> words = words("lost");
                  words.put("retryIn", retryIn.toMillis() / 1000.0);
                  say(failed(words, failure));
                });
    ArticleSender articles = client.ingest(options, Probe::receipt);
    try (BufferedReader lines = Files.newBufferedReader(Path.of(file))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Article.Builder article = Article.newBuilder();
        JsonFormat.parser().merge(line, article);
        articles.send(article.build());
      }
    }
    articles.finish();
  }

  private static void consume(ClaimwatchClient client, String subscription, int count)
      throws InterruptedException {
    Set<Long> settled = new HashSet<>();
    try (AlertConsumer consumer =
        client.consume(
            subscription,
            Duration.ofSeconds(1),
            (failure, retryIn) -> {
              Map<String, Object> words = words("lost");
              words.put("retryIn", retryIn.toMillis() / 1000.0);
              say(failed(words, failure));
            })) {
      while (settled.size() < count) {
        AlertConsumer.Delivery delivery = consumer.next();
        long position = delivery.event().getPosition();
        String did = "ack";
        if (position % 5 == 0 && delivery.count() == 1) {
          did = "retry";
          delivery.retry("");
        } else if (position % 7 == 0) {
          did = "park";
          delivery.park("probe");
        } else {
          delivery.ack();
        }
        if (!did.equals("retry")) {
          settled.add(position);
        }
        Map<String, Object> words = words("delivery");
        words.put("position", position);
        words.put("count", delivery.count());
        words.put("did", did);
        say(words);
      }
    }
  }

  private static void get(ClaimwatchClient client, String id) throws InterruptedException {
    GetAlertRequest request = GetAlertRequest.newBuilder().setAlertId(id).build();
    Map<String, Object> words = words("alert");
    words.put("id", client.call(client.alerts(), s -> s.getAlert(request)).getAlert().getAlertId());
    say(words);
  }

  public static void main(String[] arguments) throws Exception {
    RetryPolicy usual = RetryPolicy.DEFAULT;
    ClaimwatchClient.Options options =
        new ClaimwatchClient.Options()
            .clientId("probe")
            .retry(
                new RetryPolicy(
                    usual.delayMin(), usual.delayMax(), Duration.ofSeconds(1), usual.outageMax()));
    if (System.getenv("PROBE_CA") != null) {
      options.credentials(
          TlsChannelCredentials.newBuilder()
              .trustManager(new File(System.getenv("PROBE_CA")))
              .build());
    }
    if (System.getenv("PROBE_TOKEN") != null) {
      options.token(() -> System.getenv("PROBE_TOKEN"));
    }
    Map<String, Object> end = words("end");
    try (ClaimwatchClient client = new ClaimwatchClient(arguments[0], options)) {
      switch (arguments[1]) {
        case "follow" -> follow(client, arguments[2], arguments[3], Long.parseLong(arguments[4]));
        case "ingest" -> ingest(client, arguments[2]);
        case "consume" -> consume(client, arguments[2], Integer.parseInt(arguments[3]));
        default -> get(client, arguments[2]);
      }
      end.put("code", "OK");
      say(end);
    } catch (ClaimwatchException failure) {
      say(failed(end, failure));
    }
  }

  private Probe() {}
}
