// Who gets in: TLS, certificates of clients, tokens, and what happens when they change.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "server/auth/token.h"
#include "tests/end_to_end/certificates.h"
#include "tests/end_to_end/daemon_process.h"
#include "tests/end_to_end/wire_client.h"
#include "tests/fakes/temporary_directory.h"

namespace claimwatch {
namespace {

using testing::HasSubstr;
using testing::Not;

class AccessEndToEnd : public testing::Test {
 protected:
  std::string Path(const std::string& name) const { return folder_.path() + "/" + name; }
  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(Path(name) + ".new") << text;
    std::filesystem::rename(Path(name) + ".new", Path(name));
  }
  std::string Line(const std::string& name, const std::string& token, const std::string& rest) {
    return absl::StrCat(name, " token=sha256:", absl::BytesToHexString(TokenDigest(token)), " ",
                        rest, "\n");
  }
  void WriteServer(const Certificate& certificate) const {
    Write("server.key", certificate.key);
    Write("server.pem", certificate.pem);
  }
  std::vector<std::string> TlsFlags() const {
    return {"--tls_cert=" + Path("server.pem"), "--tls_key=" + Path("server.key")};
  }
  static std::shared_ptr<grpc::Channel> Secure(const std::string& address,
                                               const Certificate& authority,
                                               const Certificate& own = {}) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return grpc::CreateCustomChannel(
        address, grpc::SslCredentials({authority.pem, own.key, own.pem}), arguments);
  }
  static std::unique_ptr<grpc::ClientContext> With(const std::string& token) {
    auto context = std::make_unique<grpc::ClientContext>();
    context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    if (!token.empty()) context->AddMetadata("authorization", "Bearer " + token);
    return context;
  }
  static grpc::StatusCode ListStories(WireClient& client, const std::string& token) {
    v1::ListStoriesResponse response;
    return client.stories->ListStories(With(token).get(), {}, &response).error_code();
  }
  static grpc::StatusCode Ingest(WireClient& client, const std::string& token) {
    v1::IngestArticleRequest request;
    *request.mutable_article() = FloodReport("a1", "river-post.example", 3, 0);
    v1::IngestArticleResponse response;
    return client.articles->IngestArticle(With(token).get(), request, &response).error_code();
  }

  TemporaryDirectory folder_;
  const Certificate authority_ = MakeAuthority("first authority");
};

TEST_F(AccessEndToEnd, TokensAndCertificatesSayWhoOneIs) {
  const std::string token = NewToken();
  WriteServer(MakeCertificate("daemon.example", authority_));
  Write("clients.pem", authority_.pem);
  Write("credentials",
        Line("desk", token, "roles=read") + "wire certificate=wire.example roles=ingest\n");
  std::vector<std::string> flags = TlsFlags();
  flags.push_back("--tls_client_ca=" + Path("clients.pem"));
  flags.push_back("--credentials=" + Path("credentials"));
  DaemonProcess daemon(Path("data"), flags);
  const std::string address = daemon.address();

  WireClient stranger(Secure(address, authority_));
  EXPECT_EQ(ListStories(stranger, ""), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(ListStories(stranger, NewToken()), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(ListStories(stranger, token), grpc::StatusCode::OK);
  EXPECT_EQ(Ingest(stranger, token), grpc::StatusCode::PERMISSION_DENIED);

  WireClient wire(Secure(address, authority_, MakeCertificate("wire.example", authority_)));
  EXPECT_EQ(Ingest(wire, ""), grpc::StatusCode::OK);
  EXPECT_EQ(ListStories(wire, ""), grpc::StatusCode::PERMISSION_DENIED);

  const Certificate other = MakeAuthority("another authority");
  WireClient forger(Secure(address, authority_, MakeCertificate("wire.example", other)));
  EXPECT_EQ(Ingest(forger, ""), grpc::StatusCode::UNAVAILABLE);
  WireClient plain(address);
  EXPECT_EQ(ListStories(plain, token), grpc::StatusCode::UNAVAILABLE);

  EXPECT_THAT(daemon.Log(), HasSubstr("audit: desk from"));
  EXPECT_THAT(daemon.Log(), Not(HasSubstr(token)));
  EXPECT_THAT(daemon.Log(), Not(HasSubstr(token.substr(3))));
}

TEST_F(AccessEndToEnd, ACertificateIsRenewedWithoutARestart) {
  WriteServer(MakeCertificate("daemon.example", authority_));
  DaemonProcess daemon(Path("data"), TlsFlags());
  WireClient before(Secure(daemon.address(), authority_));
  EXPECT_EQ(ListStories(before, ""), grpc::StatusCode::OK);
  const Certificate renewed = MakeAuthority("second authority");
  WriteServer(MakeCertificate("daemon.example", renewed));
  grpc::StatusCode code = grpc::StatusCode::UNAVAILABLE;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (code != grpc::StatusCode::OK && std::chrono::steady_clock::now() < deadline) {
    WireClient after(Secure(daemon.address(), renewed));
    code = ListStories(after, "");
  }
  EXPECT_EQ(code, grpc::StatusCode::OK);
  EXPECT_EQ(ListStories(before, ""), grpc::StatusCode::OK);  // Its connection goes on.
}

TEST_F(AccessEndToEnd, ATokenThatIsTakenAwayEndsItsStream) {
  const std::string token = NewToken(), other = NewToken();
  Write("credentials", Line("desk", token, "roles=subscribe"));
  DaemonProcess daemon(Path("data"), {"--credentials=" + Path("credentials")});
  WireClient client(daemon.address());
  const auto context = With(token);
  const auto stream = client.alerts->SubscribeAlerts(context.get(), FromBeginning());
  v1::SubscribeAlertsResponse message;
  ASSERT_TRUE(stream->Read(&message));
  Write("credentials", Line("desk", other, "roles=subscribe"));
  while (stream->Read(&message)) {
  }
  EXPECT_EQ(message.end().reason(), v1::SubscriptionEnd::REASON_CREDENTIALS);
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(AccessEndToEnd, FilesThatCannotBeUsedAreNamedAtTheStart) {
  WriteServer(MakeCertificate("daemon.example", authority_));
  Write("server.key", MakeAuthority("another").key);
  DaemonProcess wrong_key(Path("data"), TlsFlags());
  EXPECT_EQ(wrong_key.Wait(), 2);
  EXPECT_THAT(wrong_key.Log(), HasSubstr("tls_key"));
  Write("credentials", "desk roles=read\n");
  DaemonProcess bad_line(Path("data2"), {"--credentials=" + Path("credentials")});
  EXPECT_EQ(bad_line.Wait(), 2);
  EXPECT_THAT(bad_line.Log(), HasSubstr("line 1"));
}

}  // namespace
}  // namespace claimwatch
