#include "server/web/metrics_page.h"

#include <unistd.h>

#include <fstream>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace claimwatch {
namespace {

class Page {
 public:
  void Head(std::string_view name, std::string_view type, std::string_view help) {
    absl::StrAppend(&text_, "# HELP ", View(name), " ", View(help), "\n# TYPE ", View(name), " ",
                    View(type), "\n");
  }
  template <typename Number>
  void Value(std::string_view name, std::string_view labels, Number value) {
    absl::StrAppend(&text_, View(name), View(labels), " ", value, "\n");
  }
  template <typename Number>
  void Gauge(std::string_view name, std::string_view help, Number value) {
    Head(name, "gauge", help);
    Value(name, "", value);
  }
  template <typename Number>
  void Counter(std::string_view name, std::string_view help, Number value) {
    Head(name, "counter", help);
    Value(name, "", value);
  }
  // `labels`: "" or `grpc_method="GetAlert"`.
  void Buckets(std::string_view name, const std::string& labels,
               const LatencyHistogram::Reading& reading) {
    const std::string before = labels.empty() ? "" : labels + ",";
    const std::string around = labels.empty() ? "" : absl::StrCat("{", labels, "}");
    const std::string whole(name);
    std::int64_t count = 0;
    for (std::size_t i = 0; i < LatencyHistogram::kEnds.size(); ++i) {
      count += reading.counts[i];
      Value(whole + "_bucket",
            absl::StrCat("{", before, "le=\"", LatencyHistogram::kEnds[i], "\"}"), count);
    }
    count += reading.counts.back();
    Value(whole + "_bucket", absl::StrCat("{", before, "le=\"+Inf\"}"), count);
    Value(whole + "_sum", around, reading.sum_seconds);
    Value(whole + "_count", around, count);
  }
  std::string Take() { return std::move(text_); }

 private:
  static absl::string_view View(std::string_view text) { return {text.data(), text.size()}; }
  std::string text_;
};

void AddStore(const v1::GetStatusResponse& status, Page& page) {
  page.Gauge("claimwatch_log_head_seq", "Sequence of the last committed article.",
             status.head_sequence());
  page.Gauge("claimwatch_feed_head_position", "Position of the last alert event.",
             status.head_position());
  page.Gauge("claimwatch_feed_oldest_position", "Oldest alert event that is held.",
             status.oldest_position());
  page.Gauge("claimwatch_articles", "Articles held.", status.article_count());
  page.Gauge("claimwatch_claims", "Claims held that are not withdrawn.", status.claim_count());
  page.Gauge("claimwatch_stories", "Stories held.", status.story_count());
  page.Gauge("claimwatch_figures", "Figures held.", status.figure_count());
  page.Gauge("claimwatch_alerts", "Alerts held, in any state.", status.alert_count());
  page.Gauge("claimwatch_alerts_open", "Alerts that are open.", status.open_alert_count());
  page.Gauge("claimwatch_store_bytes", "Size of the store on disk.", status.store_bytes());
  page.Gauge("claimwatch_store_disk_free_bytes", "Free space on the store's file system.",
             status.disk_free_bytes());
  page.Gauge("claimwatch_store_readonly", "1: articles are refused.", int{status.read_only()});
  page.Gauge("claimwatch_draining", "1: the daemon is stopping.", int{status.draining()});
}

void AddStreams(const v1::GetStatusResponse& status, const HttpCounters& http, Page& page) {
  page.Head("claimwatch_streams", "gauge", "Streams that are open.");
  page.Value("claimwatch_streams", "{kind=\"subscribe\"}", status.subscriber_count());
  page.Value("claimwatch_streams", "{kind=\"ingest\"}", status.ingest_stream_count());
  page.Gauge("claimwatch_http_connections", "HTTP connections now.", http.connections.load());
  page.Counter("claimwatch_http_connections_total", "HTTP connections since the start.",
               http.connections_total.load());
  page.Counter("claimwatch_http_connections_shed_total", "Refused because there were too many.",
               http.connections_shed_total.load());
  page.Counter("claimwatch_http_accept_errors_total", "Connections that could not be accepted.",
               http.accept_errors_total.load());
  page.Head("claimwatch_http_requests_total", "counter", "HTTP requests, by what they were for.");
  for (std::size_t i = 0; i < kHttpKinds; ++i) {
    page.Value("claimwatch_http_requests_total", absl::StrCat("{kind=\"", kHttpKindNames[i], "\"}"),
               http.requests[i].load());
  }
}

void AddRefusals(const v1::GetStatusResponse& status, Page& page) {
  page.Head("claimwatch_refused_total", "counter",
            "Calls and connections refused at a bound, and waits imposed on streams of articles.");
  for (const v1::Refusals& refusals : status.refusals()) {
    page.Value("claimwatch_refused_total", absl::StrCat("{limit=\"", refusals.limit(), "\"}"),
               refusals.count());
  }
}

void AddLatencies(const RpcMetrics& rpc, Page& page) {
  page.Head("claimwatch_ingest_ack_seconds", "histogram",
            "A message of articles read, to the last of its receipts written.");
  page.Buckets("claimwatch_ingest_ack_seconds", "", rpc.ingest_ack.Read());
  page.Head("claimwatch_alert_delivery_seconds", "histogram",
            "An alert event committed, to taken by one subscriber's connection.");
  page.Buckets("claimwatch_alert_delivery_seconds", "", rpc.alert_delivery.Read());
}

// Methods and codes that were met, by the names of go-grpc-prometheus.
void AddCalls(const RpcMetrics& rpc, Page& page) {
  constexpr const char* kCodeNames[RpcMetrics::kCodes] = {
      "OK",       "Canceled",       "Unknown",          "InvalidArgument",   "DeadlineExceeded",
      "NotFound", "AlreadyExists",  "PermissionDenied", "ResourceExhausted", "FailedPrecondition",
      "Aborted",  "OutOfRange",     "Unimplemented",    "Internal",          "Unavailable",
      "DataLoss", "Unauthenticated"};
  std::vector<std::pair<std::string, LatencyHistogram::Reading>> met;
  page.Head("grpc_server_handled_total", "counter", "Unary calls answered, over gRPC and HTTP.");
  for (const auto& [path, method] : rpc.methods()) {
    const std::size_t slash = path.rfind('/');
    const std::string labels = absl::StrCat("grpc_service=\"", path.substr(1, slash - 1),
                                            "\",grpc_method=\"", path.substr(slash + 1), "\"");
    bool called = false;
    for (std::size_t code = 0; code < method.handled.size(); ++code) {
      const std::int64_t count = method.handled[code].load(std::memory_order_relaxed);
      if (count == 0) continue;
      called = true;
      page.Value("grpc_server_handled_total",
                 absl::StrCat("{", labels, ",grpc_code=\"", kCodeNames[code], "\"}"), count);
    }
    if (called) met.emplace_back(labels, method.took.Read());
  }
  page.Head("grpc_server_handling_seconds", "histogram", "How long unary calls took.");
  for (const auto& [labels, reading] : met) {
    page.Buckets("grpc_server_handling_seconds", labels, reading);
  }
}

void AddProcess(const v1::GetStatusResponse& status, Page& page) {
  long pages = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> pages >> resident;
  page.Gauge("process_resident_memory_bytes", "Memory in use.",
             static_cast<std::int64_t>(resident) * sysconf(_SC_PAGESIZE));
  page.Gauge("process_start_time_seconds", "When the process started to serve, in Unix time.",
             status.start_time().seconds());
  page.Head("claimwatch_build_info", "gauge", "The release.");
  page.Value("claimwatch_build_info", absl::StrCat("{version=\"", status.version(), "\"}"), 1);
}

}  // namespace

std::string MetricsPage(const v1::GetStatusResponse& status, const RpcMetrics& rpc,
                        const HttpCounters& http) {
  Page page;
  AddStore(status, page);
  AddStreams(status, http, page);
  AddRefusals(status, page);
  AddLatencies(rpc, page);
  AddCalls(rpc, page);
  AddProcess(status, page);
  return page.Take();
}

}  // namespace claimwatch
