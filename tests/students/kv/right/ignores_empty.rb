require 'socket'

RESSOURCES = { 'fa' => 'sill', 'mi' => 'lion', 'li' => 'nez' }.freeze

if ARGV.length != 1 || ARGV[0] !~ /\A\d+\z/ || ARGV[0].to_i > 65_535
  $stderr.puts 'Usage: ruby ignores_empty.rb <port>'
  exit 1
end

def servir(client)
  trop_long = false
  while (ligne = client.gets("\n", 65_537))
    if !ligne.end_with?("\n") && ligne.bytesize >= 65_537
      trop_long = true
      next
    end
    if trop_long
      trop_long = false
      client.puts 'ERR ligne trop longue'
      next
    end
    cle = ligne.scrub('?').strip
    next if cle.empty?
    return client.puts('Au revoir') if cle == 'FIN'

    client.puts RESSOURCES.fetch(cle, 'ERR cle inconnue')
  end
rescue SystemCallError => e
  puts e.message
ensure
  client.close
end

serveur = TCPServer.new(ARGV[0].to_i)
loop { Thread.new(serveur.accept) { |c| servir(c) } }
