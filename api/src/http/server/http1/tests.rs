use super::*;
use crate::config::{ConnectionLimits, PublicUrl};
use poem::endpoint::make_sync;
use poem::listener::{Acceptor, Listener, TcpListener};
use poem::web::LocalAddr;

/// What one costs besides its socket is little, because there may be ten thousand.
#[tokio::test]
async fn a_connection_that_says_nothing_is_small() {
    let endpoint = make_sync(|_| poem::Response::default());
    let registry = Registry::new(ConnectionLimits::default(), Vec::new(), Arc::default());
    let shared = Arc::new(Shared {
        endpoint,
        registry: Arc::new(registry),
        public_url: PublicUrl::parse("http://127.0.0.1:8000").expect("it is an origin"),
        local_address: LocalAddr::default(),
    });
    let acceptor = TcpListener::bind("127.0.0.1:0").into_acceptor().await;
    let mut acceptor = acceptor.expect("a port is free");
    let address = *acceptor.local_addr()[0]
        .as_socket_addr()
        .expect("it is one");
    let _there = tokio::net::TcpStream::connect(address).await;
    let (transport, _, address, scheme) = acceptor.accept().await.expect("somebody came");
    let client = Client {
        connection: Arc::new(Connection::new(1)),
        address,
        scheme,
    };
    let size = size_of_val(&serve(transport, client, &shared));
    assert!(size <= 1024, "{size} bytes");
}
