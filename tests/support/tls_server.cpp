#include "tests/support/tls_server.hpp"

#include <stdexcept>
#include <thread>

#include <httplib.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

namespace indexer::test {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

constexpr long kDay = 86'400;

Certificate signed_by_itself(EVP_PKEY* key) {
    Certificate certificate(X509_new(), &X509_free);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kDay);
    X509_set_pubkey(certificate.get(), key);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
    if (X509_sign(certificate.get(), key, EVP_sha256()) == 0) {
        throw std::runtime_error("no certificate");
    }
    return certificate;
}

}  // namespace

class TlsServer::Impl {
  public:
    Impl()
        : key_(EVP_EC_gen("P-256"), &EVP_PKEY_free),
          certificate_(signed_by_itself(key_.get())),
          server_(certificate_.get(), key_.get()),
          port_(server_.bind_to_any_port("127.0.0.1")),
          running_([this] { server_.listen_after_bind(); }) {
        while (!server_.is_running()) std::this_thread::yield();
    }
    ~Impl() {
        server_.stop();
        running_.join();
    }
    [[nodiscard]] int port() const noexcept { return port_; }

  private:
    Key key_;
    Certificate certificate_;
    httplib::SSLServer server_;
    int port_;
    std::thread running_;
};

TlsServer::TlsServer()
    : impl_(std::make_unique<Impl>()), url_("https://127.0.0.1:" + std::to_string(impl_->port())) {
}

TlsServer::~TlsServer() = default;

}  // namespace indexer::test
